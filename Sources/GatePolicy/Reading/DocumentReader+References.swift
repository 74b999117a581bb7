extension DocumentReader {
    /// The `when` of a gate or part where another gate looks at it by `gate("…")`: its being true can only help there.
    ///
    /// What it takes is counted, over all looks of the file, as what the file's own reading takes.
    /// - Returns: the condition, nil where there is none, and what is wrong or doubtful in it only because it helps.
    mutating func conditionLookedAt(_ name: String) -> (condition: Condition?, findings: [Diagnostic]) {
        guard let node = whens[name] else { return (nil, []) }
        var reader = self
        reader.expressions.diagnostics = []
        reader.expressions.patternInstructions = lookBudget.patternInstructions
        reader.expressions.allPeople = lookBudget.people
        let condition = reader.condition(node, of: "when", polarity: .helps)
        lookBudget = (reader.expressions.patternInstructions, reader.expressions.allPeople)
        let known = Set(diagnostics)
        let findings = reader.diagnostics.lazy.filter { !known.contains($0) }.prefix(PolicyLimits.diagnostics)
        return (condition, Array(findings))
    }
}
