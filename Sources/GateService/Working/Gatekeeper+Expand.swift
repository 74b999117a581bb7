import GateForge
import GatePolicy
import GateStore
import Logging

extension Gatekeeper {
    /// Marks the open pull requests of a branch, or of the whole repository, that may have changed.
    func expand(_ claim: Claim, branch: String?, _ logger: Logger) async -> Settlement {
        let listed: [PullRequestSnapshot]
        switch await openPulls(claim.repository) {
        case .success(let found): listed = found
        case .failure(let error):
            if case .notFound = error.kind, claim.attempts + 1 >= Self.blindnessBeforeError,
                await hasNoPulls(claim.repository)
            {
                return .done(again: nil)
            }
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: error.description)
        }
        do {
            try await mark(listed, branch: branch, claim)
            // How the branch moved is for the record: whoever is held up by it is marked by now.
            if let branch { try await checkPush(claim.repository, branch, logger) }
            return .done(again: nil)
        } catch {
            return .failed(retryAt: retry(after: claim.attempts + 1), problem: "\(error)")
        }
    }

    /// Whether there is no list to wait for: the repository is gone, or has no pull requests at all.
    private func hasNoPulls(_ name: RepositoryName) async -> Bool {
        do {
            guard let repository = try await store.repository(named: name) else {
                return try await isNobodys(name) { !$0.hasPullRequests }
            }
            switch await find(repository) {
            case .gone: return true
            case .shown(let found) where !found.hasPullRequests:
                try await noneIsOpen(name)
                return true
            case .shown, .hidden, .unknown: return false
            }
        } catch {
            return false
        }
    }

    private func mark(
        _ listed: [PullRequestSnapshot], branch: String?, _ claim: Claim
    ) async throws(StoreError) {
        guard let repository = listed.first?.repository else { return try await noneIsOpen(claim.repository) }
        let changed = try await remember(repository.id, listed)
        var numbers = Set(changed)
        if let branch {
            numbers.formUnion(await outdated(listed.filter { $0.pullRequest.baseBranch.isExactly(branch) }))
        } else {
            numbers.formUnion(listed.map(\.pullRequest.number))
        }
        let marks = numbers.sorted().map {
            Mark(
                repository.name, .pull($0), urgency: claim.urgency, cause: claim.cause, correlation: claim.correlation)
        }
        try await store.mark(marks, at: claim.markedAt)
        bell.ring()
    }

    /// Lists a repository's open pull requests for the first time, so that siblings are known.
    func list(_ id: Int64, _ repository: RepositoryName) async -> Result<Void, ForgeError> {
        switch await openPulls(repository) {
        case .failure(let error): return .failure(error)
        case .success(let listed):
            // What cannot be remembered now is listed again with the next look.
            _ = try? await remember(id, listed)
            return .success(())
        }
    }

    func openPulls(_ repository: RepositoryName) async -> Result<[PullRequestSnapshot], ForgeError> {
        do { return .success(try await forge.openSnapshots(repository)) } catch { return .failure(error) }
    }

    /// Remembers a list of open pull requests.
    /// - Returns: those that look different from before, and those that are not open any more.
    func remember(_ repository: Int64, _ listed: [PullRequestSnapshot]) async throws(StoreError) -> [Int64] {
        let now = clock.now()
        let gone = try await store.listed(repository, open: listed.map(\.pullRequest.number), at: now)
        let before = try await store.see(listed.map(\.seen), at: now)
        let changed = zip(listed, before).filter { $1?.stamp != $0.seen.stamp || $1?.decidedHead == nil }
        return gone + changed.map(\.0.pullRequest.number)
    }

    private func noneIsOpen(_ name: RepositoryName) async throws(StoreError) {
        guard let repository = try await store.repository(named: name) else { return }
        let closed = try await store.listed(repository.id, open: [], at: clock.now())
        try await store.mark(closed.map { Mark(name, .pull($0), cause: "closed") }, at: clock.now())
    }

    /// Those whose base branch has another policy now than the one they were decided by.
    func outdated(_ listed: [PullRequestSnapshot]) async -> [Int64] {
        guard let first = listed.first else { return [] }
        let known: [Int64: String?]
        do throws(StoreError) {
            known = try await store.policyMarks(first.repository.id, base: first.pullRequest.baseBranch)
        } catch {
            return listed.map(\.pullRequest.number)
        }
        // Where it cannot be told, the schedule looks.
        guard let present = await decider.policyMark(of: first) else { return [] }
        return listed.map(\.pullRequest.number).filter { known[$0] != present }
    }
}
