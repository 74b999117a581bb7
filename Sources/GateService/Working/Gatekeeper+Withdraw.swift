import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// How many greens one step withdraws: the next one goes on.
    static let withdrawals = 50

    /// Greens of ours on commits that are not the head of an open pull request into their base any more.
    ///
    /// One that cannot be withdrawn holds up no other, and is tried again with every list of its repository.
    func withdrawStaleGreens(_ repository: Int64, _ name: RepositoryName, _ logger: Logger) async {
        let greens: [StaleGreen]
        do {
            greens = try await store.staleGreens(repository, limit: Self.withdrawals)
        } catch {
            logger.error("cannot tell which greens are old", metadata: ["problem": "\(error)"])
            return
        }
        for green in greens {
            memory.forgetRows(name, on: green.publication.head)
            do {
                try await withdraw(green, repository, name)
            } catch {
                logger.warning(
                    "a green of an old head stands",
                    metadata: [
                        "head": "\(green.publication.head.short)", "context": "\(green.publication.context)",
                        "problem": "\(error)",
                    ])
            }
        }
    }

    private func withdraw(_ green: StaleGreen, _ repository: Int64, _ name: RepositoryName) async throws {
        var pending = green.publication
        pending.state = .pending
        pending.description = green.mergedAs.map { "merged as #\($0)" } ?? "not the head of an open pull request"
        posts.note(.pending, pending.context, on: pending.head, of: repository)
        do {
            pending.row = try await forge.postStatus(
                name, sha: pending.head, context: pending.context, state: .pending, description: pending.description
            ).id
        } catch {
            // What the forge does not have any more can be nobody's head.
            guard try await forge.isGone(pending.head, from: name) else { throw error }
            return try await store.forgetPublications(repository, head: pending.head)
        }
        try await store.publish([pending], of: repository, at: clock.now())
    }
}
