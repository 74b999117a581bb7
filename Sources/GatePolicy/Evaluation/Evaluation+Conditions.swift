extension Evaluation {
    /// A condition's truth and the tree of how it came about; all of its parts are looked at.
    mutating func explain(_ condition: PlannedCondition) -> (Truth, Explanation) {
        let truth: Truth
        switch condition.shape {
        case .constant(let value): truth = Truth(value)
        case .test(let test):
            truth = test.evaluate(&self)
            return (truth, Explanation(condition.text, truth, detail: test.finding(&self, truth)))
        case .not, .all, .any: return explainParts(of: condition)
        }
        return (truth, Explanation(condition.text, truth))
    }

    private mutating func explainParts(of condition: PlannedCondition) -> (Truth, Explanation) {
        var children: [Explanation] = []
        children.reserveCapacity(condition.parts.count)
        var all = Truth.yes
        var any = Truth.no
        for part in condition.parts {
            let (truth, child) = explain(part)
            all = all && truth
            any = any || truth
            children.append(child)
        }
        let truth: Truth =
            switch condition.shape {
            case .any: any
            case .not: !any
            case .all, .constant, .test: all
            }
        return (truth, Explanation(condition.text, truth, children: children))
    }
}
