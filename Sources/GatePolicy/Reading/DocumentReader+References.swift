extension DocumentReader {
    /// The `when` of a gate or part where another gate looks at it by `gate("…")`: its being true can only help there.
    ///
    /// A checklist that is all a gate asks for is needed where one of its items is. What it takes is counted, over all looks of the file, as what the file's own reading takes.
    /// - Returns: the condition, nil where there is none, and what is wrong or doubtful in it only because it helps.
    mutating func conditionLookedAt(_ name: String) -> (condition: Condition?, findings: [Diagnostic]) {
        let items = itemWhens[name] ?? []
        let nodes = (whens[name].map { [$0] } ?? []) + items
        if nodes.isEmpty { return (nil, []) }
        var reader = self
        reader.expressions.diagnostics = []
        reader.expressions.isOpen = openNames.contains(name)
        reader.expressions.patternInstructions = lookBudget.patternInstructions
        reader.expressions.allPeople = lookBudget.people
        let read = nodes.compactMap { reader.condition($0, of: "when", polarity: .helps) }
        lookBudget = (reader.expressions.patternInstructions, reader.expressions.allPeople)
        let known = Set(diagnostics)
        let findings = reader.diagnostics.lazy.filter { !known.contains($0) }.prefix(PolicyLimits.diagnostics)
        guard read.count == nodes.count else { return (nil, Array(findings)) }
        let own = read.dropLast(items.count)
        let all = items.count < 2 ? read : own + [.any(Array(read.suffix(items.count)))]
        return (all.count == 1 ? all[0] : .all(all), Array(findings))
    }
}

extension DocumentNode.Entry {
    /// What stands after the `when` of each item of a checklist; nil where an item has none, and is always asked for.
    var itemWhens: [DocumentNode]? {
        guard case .list(let items) = value.content else { return nil }
        let whens = items.compactMap { item -> DocumentNode? in
            guard case .entries(let keys) = item.content else { return nil }
            return keys.first { $0.key.string == "when" }?.value
        }
        return whens.count == items.count ? whens : nil
    }
}
