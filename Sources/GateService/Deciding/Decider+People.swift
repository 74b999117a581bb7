import GateForge
import GatePolicy

extension Decider {
    /// Who is in the teams that a policy names and who holds the rights it speaks of, without a pull request.
    public func people(of policy: Policy, in repository: Repository) async -> Facts {
        var settings = settings
        settings.asksWhoCanSign = true
        let loader = FactsLoader(forge: forge, settings: settings)
        return await loader.complete(.ofPeople(in: repository, now: now()), for: policy.asAskedOfPeople)
    }
}
