import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// The whole product: look → decide → head → publish → settle.
    func process(_ subject: Subject, _ claim: Claim, _ logger: Logger) async -> Settlement {
        let look: Look
        switch await self.look(subject) {
        case .success(let found): look = found
        case .failure(let obstacle): return await blind(subject, claim, obstacle)
        }
        guard !look.snapshot.isArchived else { return .done(again: nil) }
        return await heads.with(look.snapshot.repository.id, look.pull.head) {
            await withdrawStaleGreens(look, logger)
            guard look.pull.isOpen else { return await close(look, claim, logger) }
            let rows = await announce(look)
            let decision = await decide(look)
            let head = await contest(weigh(decision, look, rows), look, rows, logger)
            let published = await publish(head, look, rows)
            let settlement = await settle(decision, head, published, look, claim, logger)
            await answerCommands(decision, look, logger)
            return settlement
        }
    }

    /// What cannot be read is tried again; a green that nobody can look behind for long does not stay.
    private func blind(_ subject: Subject, _ claim: Claim, _ obstacle: Obstacle) async -> Settlement {
        GateInstruments.failed()
        let settlement = Settlement.failed(retryAt: retry(after: claim.attempts + 1), problem: obstacle.problem)
        guard claim.attempts + 1 >= Self.blindnessBeforeError else { return settlement }
        do {
            guard let repository = try await store.repository(named: subject.repository),
                let known = try await store.pull(repository.id, subject.number), known.state == .open
            else { return settlement }
            for var green in try await store.publications(repository.id, head: known.head) where green.state.passes {
                (green.state, green.description) = (.error, "cannot be read: \(obstacle.problem)")
                let status = DesiredStatus(context: green.context, state: .error, description: green.description)
                green.row = try await forge.postStatus(
                    repository.name, sha: green.head, context: green.context, state: .error,
                    description: status.description
                ).id
                try await store.publish([green], of: repository.id, at: clock.now())
            }
        } catch {
            // Where nothing can be read often nothing can be posted; it is tried again with the reading.
            return settlement
        }
        return settlement
    }

    /// After so many failed looks in a row what is green is made an error.
    static let blindnessBeforeError = 3

    /// When something that has failed so often in a row is tried again.
    func retry(after failures: Int) -> Moment {
        clock.now() + Backoff().delay(after: failures, random: clock.random())
    }

    /// What the policy says of it, with what was once seen of it.
    private func decide(_ look: Look) async -> Decision {
        let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
        var decision = await decider.decide(
            subject, look.snapshot, serviceAccount: look.account, recollection: look.recollection)
        await managed(&decision, look)
        return decision
    }

    /// A repository that had a policy and has none now is not let go: somebody may have deleted it to get in.
    private func managed(_ decision: inout Decision, _ look: Look) async {
        let state: RepositoryRecord.State?
        switch decision.result {
        case .verdict: state = .managed
        case .broken: state = .broken
        case .unmanaged: state = .unmanaged
        case .undecided: state = nil
        }
        guard let state else { return }
        do {
            guard try await store.set(state, of: look.snapshot.repository.id) == .lost else { return }
            decision.result = .undecided([.policyGone(look.snapshot.repository.name)])
        } catch {
            // Without the store nobody knows whether there was a policy.
            guard state == .unmanaged else { return }
            decision.result = .undecided([
                Unknown(
                    cause: .notTold, subject: "whether there was a policy", reason: error.description,
                    cure: "mend the store")
            ])
        }
    }
}

extension Unknown {
    static func policyGone(_ repository: RepositoryName) -> Unknown {
        Unknown(
            cause: .nameGone, subject: "which policy applies", reason: "`\(repository)` had a policy, and it is gone",
            cure: "put it back, or let an administrator run `countersign forget \(repository)`")
    }
}
