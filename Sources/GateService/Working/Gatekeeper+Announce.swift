import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// The rows on the head; a new head into a base with a policy gets `pending` before anything else is done.
    ///
    /// Not where the start with a new store finds what nobody remembers to have decided: after the loss of the store a
    /// green that holds need not flicker.
    func announce(_ look: Look) async -> Known<[CommitStatus]> {
        let subject = Subject(repository: look.snapshot.repository.name, number: look.pull.number)
        let base = look.pull.baseBranch
        // Without the store it is posted with the verdict.
        let isManaged = (try? await store.wasManaged(base, of: look.snapshot.repository.id)) ?? false
        if look.isNewHead, isManaged, look.before?.decidedHead != nil || !(look.isAtStart && store.isNew) {
            let context = Policy.summaryContext(base: base)
            posts.note(.pending, context, on: look.pull.head, of: look.snapshot.repository.id)
            // A post that fails here is tried again with the verdict.
            _ = try? await forge.postStatus(
                subject.repository, sha: look.pull.head, context: context, state: .pending,
                description: "a new head: looking at it",
                targetURL: settings.targetURL(look.snapshot.repository.id, subject))
            memory.forgetRows(subject.repository, on: look.pull.head, besides: subject)
        }
        do {
            return .known(try await forge.statuses(subject.repository, of: look.pull.head, all: false))
        } catch {
            return .unknown(error.unknown(subject: "which statuses the head has"))
        }
    }

    /// A pull request that is not open any more: its history ends here.
    func close(_ look: Look, _ claim: Claim, _ logger: Logger) async -> Settlement {
        do {
            // What it held back or let through on its head is for the others to say now.
            let others = try await store.openPulls(of: look.snapshot.repository.id, head: look.pull.head)
            memory.forgetRows(look.snapshot.repository.name, on: look.pull.head)
            try await mark(
                others.filter { $0.number != look.pull.number }.map {
                    Mark(look.snapshot.repository.name, .pull($0.number), cause: "sibling")
                })
        } catch {
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
        guard look.snapshot.merge != nil else { return .done(again: nil) }
        return await recordMerge(look, claim, logger)
    }
}
