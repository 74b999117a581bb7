extension Gate {
    /// The labels that it asks of certain people, by their exact names, in the policy's order.
    public var labels: [String] {
        var found: [String] = []
        when.collectLabels(&found)
        require.collectLabels(&found)
        if case .advisory(let condition?) = mode { condition.collectLabels(&found) }
        return found
    }
}

extension Requirement {
    fileprivate func collectLabels(_ found: inout [String]) {
        switch self {
        case .condition(let condition): condition.collectLabels(&found)
        case .all(let parts), .any(let parts): for part in parts { part.collectLabels(&found) }
        case .quota, .never, .reference, .ownersOfEachFile, .checklist: break
        }
    }
}

extension Condition {
    fileprivate func collectLabels(_ found: inout [String]) {
        switch self {
        case .constant: break
        case .test(let test):
            guard let label = test as? Label, label.by != nil else { return }
            for name in label.names where !name.text.contains("*") && !found.contains(name.text) {
                found.append(name.text)
            }
        case .not(let inner): inner.collectLabels(&found)
        case .all(let parts), .any(let parts): for part in parts { part.collectLabels(&found) }
        }
    }
}
