extension Evaluation {
    /// A condition's truth and the tree of how it came about; all of its parts are looked at.
    mutating func explain(_ condition: Condition) -> (Truth, Explanation) {
        switch condition {
        case .constant(let value): return (Truth(value), Explanation(condition.description, Truth(value)))
        case .test(let test):
            let truth = test.evaluate(&self)
            return (truth, Explanation(test.description, truth))
        case .not(let inner):
            let (truth, child) = explain(inner)
            return (!truth, Explanation(condition.description, !truth, children: [child]))
        case .all(let parts):
            let children = parts.map { explain($0) }
            let truth = children.reduce(Truth.yes) { $0 && $1.0 }
            return (truth, Explanation(condition.description, truth, children: children.map(\.1)))
        case .any(let parts):
            let children = parts.map { explain($0) }
            let truth = children.reduce(Truth.no) { $0 || $1.0 }
            return (truth, Explanation(condition.description, truth, children: children.map(\.1)))
        }
    }
}
