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
    /// What the verdict would be if some things happened; what that makes the policy ask for is read.
    public func verdict(on basis: Basis, supposing hypotheses: [Hypothesis]) async -> Verdict {
        let loader = FactsLoader(forge: forge, settings: settings)
        let facts = await loader.complete(basis.facts.supposing(hypotheses), for: basis.policy)
        return await basis.policy.evaluated(facts, settings)
    }
}
