import GateForge
import GatePolicy
import GateStore

extension Gatekeeper {
    /// What was once seen of a pull request, and the ids behind the names of its repository's policies.
    func recollection(of repository: Int64, _ number: Int64) async throws(StoreError) -> Recollection {
        Recollection(
            remembered: try await store.remembered(repository, number),
            answers: try await store.answers(repository, number)
        ) { [store] digest in
            do throws(StoreError) {
                return .known(try await store.identities(repository, policyMark: digest))
            } catch {
                return .unknown(
                    Unknown(
                        cause: .notTold, subject: "whose names the policy's names were", reason: error.description,
                        cure: "mend the store"))
            }
        }
    }

    /// Remembers what this look showed, for forges forget it: before anything that follows from it is posted.
    ///
    /// But for which comments were there: those are answered after the posts, and once (`rememberLook`).
    func remember(_ decision: Decision, _ look: Look) async throws(StoreError) {
        let repository = look.snapshot.repository.id
        let before = look.recollection
        let now = clock.now()
        var next = await decision.remembering(before.remembered)
        next.lastLook = before.remembered.lastLook
        try await store.remember(next, before: before.remembered, of: repository, look.pull.number, at: now)
        guard case .verdict(let verdict) = decision.result, let basis = decision.basis else { return }
        try await store.remember(
            answers: verdict.answerSightings, before: before.answers ?? [], of: repository, look.pull.number, at: now)
        let identities = basis.policy.identities(basis.facts).filter { basis.facts.rememberedIdentities[$0.key] == nil }
        try await store.remember(
            identities: identities, of: repository, policyMark: basis.policy.digest, at: now)
    }

    /// Remembers that a look is over, and which comments it saw.
    func rememberLook(_ decision: Decision, _ look: Look) async throws(StoreError) {
        let before = look.recollection.remembered
        var next = before
        if let facts = decision.basis?.facts {
            next.lastLook =
                before.looking(
                    at: facts.comments?.value, timeline: facts.timeline?.value, head: facts.pullRequest.head
                ).lastLook
        }
        try await store.remember(
            next, before: before, of: look.snapshot.repository.id, look.pull.number, at: clock.now())
    }
}
