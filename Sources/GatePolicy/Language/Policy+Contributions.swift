/// What people can do for a gate besides reviews, for the gates and parts too that it looks at.
extension Policy {
    /// The labels that are asked of certain people, by their exact names, in the policy's order.
    public func labels(for gate: Gate) -> [String] {
        var found: [String] = []
        if case .advisory(let condition?) = gate.mode { condition.collectLabels(&found) }
        for one in reached(from: gate) {
            one.when.collectLabels(&found)
            one.require.collectLabels(&found)
        }
        return found
    }

    /// The patterns of comments that approve, each once.
    public func commentsThatApprove(_ gate: Gate) -> [TextPatterns] {
        var seen: Set<TextPatterns> = []
        return reached(from: gate).compactMap(\.approvals.comments).filter { seen.insert($0).inserted }
    }

    /// A gate and what it looks at.
    private func reached(from gate: Gate) -> [(when: Condition, require: Requirement, approvals: ApprovalRules)] {
        var reached = [(gate.when, gate.require, gate.approvals)]
        var open = Array(gate.require.references.reversed())
        var seen: Set<String> = [gate.name]
        while let name = open.popLast() {
            guard seen.insert(name).inserted else { continue }
            if let gate = gates.first(where: { $0.name == name }) {
                reached.append((gate.when, gate.require, gate.approvals))
            } else if let part = parts.first(where: { $0.name == name }) {
                reached.append((part.when, part.require, part.approvals))
            }
            open += (reached.last?.1.references ?? []).reversed()
        }
        return reached
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
