import GatePolicy

/// What a verdict was computed from: the same basis always gives the same verdict.
public struct Basis: Sendable {
    /// What takes the place of gates that names which are gone keep from being met.
    struct Repair: Sendable {
        /// Why it does.
        var reasons: [Diagnostic]
        /// The built-in gate, as a policy.
        var policy: Policy
        /// What that one asks for.
        var facts: Facts
    }

    /// The policy.
    public var policy: Policy
    /// The facts, of one head and one base.
    public var facts: Facts
    /// What mends the policy where names that are gone hold it, as things are or as they are supposed; nil where nothing
    /// does.
    var repair: Repair?

    /// A policy and facts.
    public init(policy: Policy, facts: Facts) {
        self.policy = policy
        self.facts = facts
    }

    /// The verdict.
    public func verdict(asksWhoCanSign: Bool = true) -> Verdict {
        let verdict = policy.evaluate(facts, asksWhoCanSign: asksWhoCanSign)
        guard var repair else { return verdict }
        repair.reasons = policy.goneNames(holding: verdict, facts)
        if repair.reasons.isEmpty { return verdict }
        return repair.verdict(asksWhoCanSign: asksWhoCanSign).map(verdict.repaired) ?? verdict
    }
}

extension Basis.Repair {
    /// What the built-in gate says; nil where the pull request mends nothing.
    func verdict(asksWhoCanSign: Bool) -> Verdict? {
        var verdict = policy.evaluate(facts, asksWhoCanSign: asksWhoCanSign)
        guard !verdict.gates.isEmpty else { return nil }
        verdict.repairs = reasons
        return verdict
    }
}

extension Decider {
    /// What the verdict would have been when the pull request went in, as far as the forge keeps the time of things.
    public func verdict(on basis: Basis, before moment: Timestamp) async -> Verdict {
        await verdict(on: basis) { facts, policy, loader in
            var facts = facts.before(moment)
            // What is read now because of that has to be cut as well.
            for _ in 0..<FactsLoader.maximumRounds {
                let more = await loader.complete(facts, for: policy).before(moment)
                if more == facts { break }
                facts = more
            }
            return facts
        }
    }

    /// What the verdict would be if some things happened; what that makes the policy ask for is read.
    public func verdict(on basis: Basis, supposing hypotheses: [Hypothesis]) async -> Verdict {
        await verdict(on: basis) { facts, policy, loader in
            await loader.complete(facts.supposing(hypotheses), for: policy)
        }
    }

    private func verdict(
        on basis: Basis, changing change: (Facts, Policy, FactsLoader) async -> Facts
    ) async -> Verdict {
        let loader = FactsLoader(forge: forge, settings: settings)
        var basis = basis
        basis.facts = await change(basis.facts, basis.policy, loader)
        if let repair = basis.repair { basis.repair?.facts = await change(repair.facts, repair.policy, loader) }
        let (supposed, asks) = (basis, settings.asksWhoCanSign)
        return await Evaluating.apart { supposed.verdict(asksWhoCanSign: asks) }
    }

    /// The same with the comments, where the policy asks for none: a command that is supposed is told among them.
    public func hearing(_ basis: Basis) async -> Basis {
        guard basis.facts.comments == nil else { return basis }
        let loader = FactsLoader(forge: forge, settings: settings)
        var heard = basis
        heard.facts = await loader.complete(loader.adding([.comments], to: basis.facts), for: basis.policy)
        return heard
    }
}
