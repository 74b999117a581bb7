extension Policy {
    /// Gates whose places certainly cannot all be filled by different people, and what they still ask for.
    /// - Parameter facts: with the approvals of everybody who is known.
    func crowded(_ facts: Facts) -> [String: [String]] {
        let policy = asAskedOfApprovals
        if policy.plan.groups.isEmpty { return [:] }
        let verdict = policy.evaluate(facts)
        var evaluation = Evaluation(policy: policy, facts: facts, asksWhoCanSign: true)
        var crowded: [String: [String]] = [:]
        for group in policy.plan.groups {
            // People who are not known may fill the rest.
            guard group.counts.allSatisfy({ evaluation.isListed($0.quota.people) }) else { continue }
            // A gate that does not apply leaves its people to the others.
            let others = gates.filter { group.gates.contains($0.name) && !$0.when.isAlways }.map(\.name)
            for gate in verdict.gates where group.gates.contains(gate.name) && gate.distinct?.mark == .unmet {
                if others.contains(where: { !$0.isExactly(gate.name) }) { continue }
                crowded[gate.name] = gate.steps.compactMap { step in
                    if case .sign = step { step.wording(names: true) } else { nil }
                }
            }
        }
        return crowded
    }
}

extension Evaluation {
    /// Whether everybody who may be in a set is known.
    fileprivate mutating func isListed(_ people: People) -> Bool {
        roster(of: people, negative: false).missing.isEmpty
    }
}

extension Condition {
    /// Whether it holds whatever happens.
    fileprivate var isAlways: Bool { if case .constant(true) = self { true } else { false } }
}
