import GateForge
import GatePolicy
import GateStore

extension Gatekeeper {
    /// Whether nobody can tell at present whether there is a policy, where it was proven before that there is none.
    ///
    /// What is there and cannot be read is a policy, and no outage: somebody has to be told.
    func isWithoutPolicy(_ decision: Decision, _ look: Look) async -> Bool {
        guard case .undecided = decision.result, decision.policyMark == nil, !decision.isPolicyThere else {
            return false
        }
        let base = decision.policyBranch ?? look.pull.baseBranch
        // Without the store nobody knows what was proven.
        return (try? await store.isWithoutPolicy(base, of: look.snapshot.repository.id)) ?? false
    }

    /// Whether an outage is nobody's business: nothing of ours stands on the head, and no pull request of it has a policy.
    ///
    /// One that is judged by a policy shows that there is one by now, for the others, too.
    /// - Parameter ours: rows on the head that may be ours; nil where nobody knows them.
    func isLeftAlone(_ decisions: [Decision], _ look: Look, _ ours: [CommitStatus]?) async -> Bool {
        guard let ours, !ours.contains(where: { isOurs($0.context) }) else { return false }
        for decision in decisions where !decision.isUnmanaged {
            guard await isWithoutPolicy(decision, look) else { return false }
        }
        return true
    }
}
