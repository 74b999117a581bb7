extension DocumentReader {
    /// The `when` of a gate or part where another gate looks at it by `gate("…")`: its being true can only help there.
    ///
    /// - Returns: the condition, nil where there is none, and what is wrong or doubtful in it only because it helps.
    func conditionLookedAt(_ name: String) -> (condition: Condition?, findings: [Diagnostic]) {
        guard let node = whens[name] else { return (nil, []) }
        var reader = self
        reader.expressions.diagnostics = []
        reader.expressions.patternInstructions = PolicyLimits.patternInstructions
        reader.expressions.allPeople = PolicyLimits.allPeople
        let condition = reader.condition(node, of: "when", polarity: .helps)
        return (condition, reader.diagnostics.filter { !diagnostics.contains($0) })
    }
}
