import GateForge
import GatePolicy

extension Decider {
    /// Who is in the teams that a policy names and who holds the rights it speaks of, without a pull request.
    ///
    /// Also those who may waive its gates, and who sign a change of it.
    public func people(of policy: Policy, in repository: Repository) async -> Facts {
        var settings = settings
        settings.asksWhoCanSign = true
        let loader = FactsLoader(forge: forge, settings: settings)
        var facts = Facts.ofPeople(in: repository, now: now())
        var asked = [policy]
        if policy.gates.contains(where: { $0.waive != nil }) { asked.append(policy.asAskedOfWaivers) }
        if policy.change.require != nil, !policy.change.asksForOneWriter { asked.append(policy.asAskedOfChanges) }
        for policy in asked { facts = await loader.complete(facts, for: policy.asAskedOfPeople) }
        return facts
    }
}
