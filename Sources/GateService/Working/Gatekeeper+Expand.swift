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
        let laws = try await store.appliedLaws(repository.id)
        var numbers = Set(changed)
        var elsewhere: Set<Int64> = []
        if let branch {
            numbers.formUnion(
                await outdated(listed.filter { $0.pullRequest.baseBranch.isExactly(branch) }, laws))
            if branch.isExactly(repository.defaultBranch) {
                elsewhere = await outdatedByDefaultBranch(listed, laws).subtracting(numbers)
            }
        } else {
            numbers.formUnion(listed.map(\.pullRequest.number))
        }
        // A green must fall; what waits for longer than it has to waits within the budget.
        let urgent = numbers.union(elsewhere.filter { laws[$0]?.isShownToPass ?? false })
        for (numbers, urgency) in [(urgent, claim.urgency), (elsewhere.subtracting(urgent), .background)] {
            try await mark(
                numbers, of: repository.name, laws, urgency: urgency, cause: claim.cause,
                correlation: claim.correlation, at: claim.markedAt)
        }
    }

    /// Marks pull requests of a repository, those first that are shown to pass.
    func mark(
        _ numbers: Set<Int64>, of repository: RepositoryName, _ laws: [Int64: AppliedLaw], urgency: Mark.Urgency,
        cause: String, correlation: String = "", at moment: Moment
    ) async throws(StoreError) {
        let marks = numbers.sorted().map {
            Mark(repository, .pull($0), urgency: urgency, cause: cause, correlation: correlation)
        }
        let greens = marks.filter { mark in
            if case .pull(let number) = mark.target { laws[number]?.isShownToPass ?? false } else { false }
        }
        try await store.mark(greens, at: moment - .milliseconds(1))
        try await store.mark(marks.filter { !greens.contains($0) }, at: moment)
        GateInstruments.marked(marks.count)
        if !marks.isEmpty { bell.ring() }
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

    /// Those of one base that has another policy now than the one they were decided by.
    func outdated(_ listed: [PullRequestSnapshot], _ laws: [Int64: AppliedLaw]) async -> [Int64] {
        // Where it cannot be told, the schedule looks.
        guard let first = listed.first, let present = await decider.policyMark(of: first) else { return [] }
        return listed.map(\.pullRequest.number).filter { laws[$0]?.policyMark != present }
    }

    /// Those that were decided by what the default branch does not have any more: into other bases by its policy, into
    /// whichever by other files of it.
    private func outdatedByDefaultBranch(
        _ listed: [PullRequestSnapshot], _ laws: [Int64: AppliedLaw]
    ) async -> Set<Int64> {
        guard var tip = listed.first else { return [] }
        let branch = tip.repository.defaultBranch
        // Without a commit the branch is asked for its present one.
        (tip.pullRequest.baseBranch, tip.pullRequest.base) = (branch, nil)
        var known: [Int64: AppliedLaw] = [:]
        for one in listed { known[one.pullRequest.number] = laws[one.pullRequest.number] }
        let others = listed.filter { one in
            !one.pullRequest.baseBranch.isExactly(branch)
                && known[one.pullRequest.number]?.branch?.isExactly(branch) ?? false
        }
        var numbers: Set<Int64> = []
        if !others.isEmpty, let present = await decider.policyMark(of: tip) {
            numbers.formUnion(
                others.map(\.pullRequest.number).filter { known[$0]?.policyMark != present })
        }
        let marks = Set(known.values.compactMap(\.filesMark))
        guard !marks.isEmpty else { return numbers }
        let outdated = await decider.outdatedMarks(marks, of: tip)
        return numbers.union(known.filter { $0.value.filesMark.map(outdated.contains) ?? false }.keys)
    }
}
