/// Gates whose places cannot all be filled by different people.
struct Crowd {
    /// What is still asked for, where nothing has to happen for that but a pull request.
    var missing: [String: [String]] = [:]
    /// The gates of the list that a condition lets apply, where they must for that.
    var beside: [String: [String]] = [:]
}

extension Policy {
    /// Gates whose places certainly cannot all be filled by different people.
    /// - Parameters:
    ///   - facts: with the approvals of everybody who is known.
    ///   - bases: the branches that pull requests are for.
    func crowded(_ facts: Facts, into bases: [String]) -> Crowd {
        guard !plan.groups.isEmpty else { return Crowd() }
        // Whatever the branch is.
        var crowd = Crowd(missing: crowded(facts, without: []).missing)
        let conditional = Set(gates.filter { !$0.when.isAlways }.map(\.name))
        let asAskedOfBases = asAskedOfBases
        var tried: Set<Set<String>> = []
        for base in bases {
            var facts = facts
            facts.pullRequest.baseBranch = base
            // Gates that never meet on one pull request leave each other their people.
            let off = Set(asAskedOfBases.evaluate(facts).gates.filter { $0.when?.mark == .unmet }.map(\.name))
            for off in [off, conditional] where tried.insert(off).inserted {
                crowd.add(crowded(facts, without: off))
            }
        }
        return crowd
    }

    private func crowded(_ facts: Facts, without off: Set<String>) -> Crowd {
        let policy = asAskedOfApprovals(without: off)
        let verdict = policy.evaluate(facts)
        var evaluation = Evaluation(policy: policy, facts: facts, asksWhoCanSign: true)
        var crowd = Crowd()
        for group in policy.plan.groups {
            // People who are not known may fill the rest.
            guard group.counts.allSatisfy({ evaluation.isListed($0.quota.people) }) else { continue }
            // A gate that does not apply leaves its people to the others.
            let conditional = gates.filter { group.gates.contains($0.name) && !$0.when.isAlways }.map(\.name)
            for gate in verdict.gates where group.gates.contains(gate.name) && gate.distinct?.mark == .unmet {
                let others = conditional.filter { !$0.isExactly(gate.name) && !off.contains($0) }
                if others.isEmpty {
                    crowd.missing[gate.name] = gate.steps.compactMap { step in
                        if case .sign = step { step.wording(names: true) } else { nil }
                    }
                } else {
                    crowd.beside[gate.name] = others
                }
            }
        }
        return crowd
    }
}

extension Crowd {
    /// What another branch shows besides.
    fileprivate mutating func add(_ other: Crowd) {
        missing.merge(other.missing) { first, _ in first }
        beside.merge(other.beside) { first, _ in first }
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
