import GateForge
import GatePolicy

extension Policy {
    /// Why it cannot be used for a pull request: because it is not valid, or, for one that changes it, because names are
    /// gone without which the gates that still hold it cannot be met; empty where it can.
    func reasonsForRepair(_ verdict: Verdict, _ facts: Facts) async -> [Diagnostic] {
        if !verdict.mistakes.isEmpty { return verdict.mistakes }
        if verdict.goneNames.isEmpty { return [] }
        return await Evaluating.apart { self.goneNames(holding: verdict, facts) }
    }
}

extension Verdict {
    /// Whether it waits for more than names that are gone, which alone may hold a change of the policy later.
    var mayTakeARepair: Bool {
        !goneNames.isEmpty && summary.outcome.status != .success && gates.contains { $0.change != nil }
    }
}

extension Decider {
    /// What is decided where the base's policy cannot be used, and by what.
    ///
    /// A pull request that mends it goes through the built-in gate, any other one is an error; nil when the pull request changed meanwhile.
    func repair(
        _ broken: BrokenPolicy, _ subject: Subject, _ opening: Instant, _ account: Account?,
        _ recollection: Recollection
    ) async -> (decision: Decision, repair: Basis.Repair?)? {
        var decision = Decision(subject: subject, snapshot: opening.snapshot, result: .broken(broken.diagnostics))
        // What is wrong in another repository is not mended in this one.
        guard broken.isOwn, policies.override == nil else { return (decision, nil) }
        let policy = Policy.repair(of: broken.included)
        let loader = FactsLoader(forge: forge, settings: settings, hears: hears)
        switch await loader.load(
            policy, opening, serviceAccount: account, now: now(), recollection: recollection)
        {
        case .moved: return nil
        // Why the policy cannot be used is more than why nobody knows whether this mends it.
        case .unknown: return (decision, nil)
        case .facts(let facts, let drafts, _):
            let repair = Basis.Repair(reasons: broken.diagnostics, policy: policy, facts: facts)
            let asks = settings.asksWhoCanSign
            guard let verdict = await Evaluating.apart({ repair.verdict(asksWhoCanSign: asks) }) else {
                return (decision, nil)
            }
            decision.result = .verdict(verdict)
            decision.drafts = drafts
            return (decision, repair)
        }
    }
}
