import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// How many greens are withdrawn with a list of a repository: the next one goes on.
    static let withdrawalsOfAList = 50
    /// How many beside a look, other than of what the pull request has just left: somebody waits for it.
    static let withdrawalsOfALook = 5
    /// After so many failures in a row the others would most likely fail, too.
    static let vainWithdrawals = 3

    /// Greens of ours on commits that are not the head of an open pull request into their base any more.
    ///
    /// It takes the turn at each commit that it posts on, so nobody may call it who has one. One that cannot be
    /// withdrawn goes to the end of the line, and is tried again with every list of its repository.
    /// - Parameters:
    ///   - left: commits all of whose greens go, before all others.
    ///   - most: how many others.
    func withdrawStaleGreens(
        _ repository: Int64, _ name: RepositoryName, left: [CommitID] = [], most: Int, _ logger: Logger
    ) async {
        if most == 0 { return }
        var greens: [StaleGreen] = []
        do {
            for (index, head) in left.enumerated() where !left[..<index].contains(head) {
                greens += try await store.staleGreens(repository, head: head)
            }
            let isSummary = { (green: StaleGreen) in Policy.isSummary(green.publication.context) }
            greens = greens.filter(isSummary) + greens.filter { !isSummary($0) }
            let others = try await store.staleGreens(repository, limit: most + greens.count)
            greens += others.filter { !left.contains($0.publication.head) }.prefix(most)
        } catch {
            logger.error("cannot tell which greens are old", metadata: ["problem": "\(error)"])
            return
        }
        var failures = 0
        for green in greens where failures < Self.vainWithdrawals {
            let isDone = await heads.with(repository, green.publication.head, since: 0) { _ in
                await withdraw(green, repository, name, logger)
            }
            failures = isDone ? 0 : failures + 1
        }
    }

    /// - Returns: whether it does not stand any more.
    private func withdraw(
        _ green: StaleGreen, _ repository: Int64, _ name: RepositoryName, _ logger: Logger
    ) async -> Bool {
        let head = green.publication.head
        do {
            // It may have become a head again while its turn was waited for.
            guard try await store.staleGreens(repository, head: head).contains(green) else { return true }
            try await post(green, repository, name)
            memory.forgetRows(name, on: head)
            logger.info(
                "a green was withdrawn",
                metadata: [
                    "repository": "\(name)", "head": "\(head.short)", "context": "\(green.publication.context)",
                    "reason": "\(green.withdrawal.description)",
                ])
            return true
        } catch {
            memory.forgetRows(name, on: head)
            logger.warning(
                "a green of an old head stands",
                metadata: [
                    "head": "\(head.short)", "context": "\(green.publication.context)", "problem": "\(error)",
                ])
            try? await store.putLast(green, of: repository)
            return false
        }
    }

    private func post(_ green: StaleGreen, _ repository: Int64, _ name: RepositoryName) async throws {
        var pending = green.withdrawal
        posts.note(.pending, pending.context, on: pending.head, of: repository)
        let subject = Subject(repository: name, number: green.mergedAs ?? pending.number)
        do {
            pending.row = try await forge.postStatus(
                name, sha: pending.head, context: pending.context, state: .pending, description: pending.description,
                targetURL: settings.targetURL(repository, subject)
            ).id
        } catch {
            // What the forge does not have any more can be nobody's head.
            guard error.mayMeanAMissingCommit, try await forge.isGone(pending.head, from: name) else { throw error }
            return try await store.forgetPublications(repository, head: pending.head)
        }
        try await store.publish([pending], of: repository, at: clock.now())
    }
}

extension ForgeError {
    /// Servers answer a status for an unknown commit in several ways.
    fileprivate var mayMeanAMissingCommit: Bool {
        switch kind {
        case .notFound, .serverError, .rejected: true
        default: false
        }
    }
}
