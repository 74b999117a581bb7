import GatePolicy

/// What a verdict was computed from: the same basis always gives the same verdict.
public struct Basis: Sendable {
    /// The policy.
    public var policy: Policy
    /// The facts, of one head and one base.
    public var facts: Facts

    /// A policy and facts.
    public init(policy: Policy, facts: Facts) {
        self.policy = policy
        self.facts = facts
    }
}

extension Decider {
    /// What the verdict would have been when the pull request went in, as far as the forge keeps the time of things.
    public func verdict(on basis: Basis, before moment: Timestamp) async -> Verdict {
        let loader = FactsLoader(forge: forge, settings: settings)
        var facts = basis.facts.before(moment)
        // What is read now because of that has to be cut as well.
        for _ in 0..<FactsLoader.maximumRounds {
            let more = await loader.complete(facts, for: basis.policy).before(moment)
            if more == facts { break }
            facts = more
        }
        return await basis.policy.evaluated(facts, settings)
    }

    /// What the verdict would be if some things happened; what that makes the policy ask for is read.
    public func verdict(on basis: Basis, supposing hypotheses: [Hypothesis]) async -> Verdict {
        let loader = FactsLoader(forge: forge, settings: settings)
        let facts = await loader.complete(basis.facts.supposing(hypotheses), for: basis.policy)
        return await basis.policy.evaluated(facts, settings)
    }

    /// The same with the comments, where the policy asks for none: a command that is supposed is told among them.
    public func hearing(_ basis: Basis) async -> Basis {
        guard basis.facts.comments == nil else { return basis }
        let loader = FactsLoader(forge: forge, settings: settings)
        return Basis(
            policy: basis.policy, facts: await loader.complete(basis.facts, for: basis.policy, and: [.comments]))
    }
}
