import GateForge
import GatePolicy

/// One check of one pull request from end to end: open, decide, weigh the siblings of its head, post.
public struct CheckRun: Sendable {
    /// What it came to.
    public struct Report: Sendable {
        /// The decision on the pull request that was asked about.
        public var decision: Decision
        /// Other open pull requests of the same head and base, and what was decided about them.
        public var siblings: [Decision]
        /// What the head should show.
        public var statuses: [DesiredStatus]
        /// The other pull request whose statuses, or some of them, are shown instead of this one's.
        public var holder: Int64?
        /// What became of them; nil when nothing was to be posted.
        public var posted: [Publisher.Posted]?
    }

    let forge: ForgeClient
    let decider: Decider
    let settings: DecidingSettings

    /// A check.
    public init(_ forge: ForgeClient, _ decider: Decider, _ settings: DecidingSettings) {
        self.forge = forge
        self.decider = decider
        self.settings = settings
    }

    /// Runs it; throws only when the forge could not even say what the pull request is and who we are.
    /// - Parameter posts: whether statuses are posted.
    public func run(_ subject: Subject, posts: Bool) async throws(ForgeError) -> Report {
        async let user = Self.account(forge)
        let open = try await forge.openSnapshots(subject.repository)
        let account = try await user.get()
        let snapshot: PullRequestSnapshot
        if let listed = open.first(where: { $0.pullRequest.number == subject.number }) {
            snapshot = listed
        } else {
            snapshot = try await forge.pullRequest(subject.repository, subject.number)
        }
        async let rows = Self.rows(forge, snapshot)
        var decision = await decider.decide(subject, snapshot, serviceAccount: account)
        let shown = await rows
        let pull = decision.snapshot?.pullRequest ?? snapshot.pullRequest
        // The list was read before the verdict; a pull request that moved since has other siblings.
        let siblings =
            pull.head == snapshot.pullRequest.head && pull.baseBranch == snapshot.pullRequest.baseBranch
            ? open.filter { $0.isSibling(of: snapshot) }
            : try await forge.openSnapshots(subject.repository).filter {
                $0.isSibling(of: decision.snapshot ?? snapshot)
            }
        var others: [Decision] = []
        for sibling in siblings {
            let other = Subject(repository: subject.repository, number: sibling.pullRequest.number)
            others.append(await decider.decide(other, sibling, serviceAccount: account))
        }
        if pull.head != snapshot.pullRequest.head {
            // What stands on the new head was not read: say so rather than compare with another commit's rows.
            return await finish(subject, decision, others, try await currentRows(decision), account, posts: posts)
        }
        switch shown {
        case .success(let rows): return await finish(subject, decision, others, rows, account, posts: posts)
        case .failure(let error):
            decision.result = .undecided([error.unknown(subject: "which statuses the head has")])
            return await finish(subject, decision, others, [], account, posts: posts)
        }
    }

    private func currentRows(_ decision: Decision) async throws(ForgeError) -> [CommitStatus] {
        guard let snapshot = decision.snapshot else { return [] }
        return try await Self.rows(forge, snapshot).get()
    }

    private func finish(
        _ subject: Subject, _ decision: Decision, _ others: [Decision], _ rows: [CommitStatus], _ account: Account,
        posts: Bool
    ) async -> Report {
        let ours = rows.filter { $0.creator == account }
        let shown = await weigh(decision, others, ours)
        let statuses = shown.map(\.status)
        // The summary comes last.
        let holder = shown.last { $0.number != decision.subject.number }?.number
        var report = Report(decision: decision, siblings: others, statuses: statuses, holder: holder, posted: nil)
        guard posts, let snapshot = decision.snapshot, snapshot.pullRequest.isOpen, !snapshot.isArchived,
            !statuses.isEmpty
        else {
            return report
        }
        report.posted = await Publisher(forge).publish(
            statuses, on: snapshot.pullRequest.head, of: snapshot.repository.name, shown: rows, account: account)
        return report
    }

    private func weigh(_ decision: Decision, _ others: [Decision], _ ours: [CommitStatus]) async -> [Head.Shown] {
        func statuses(_ one: Decision) -> [DesiredStatus] {
            one.statuses(allowed: settings.allowedContexts, shown: ours)
        }
        guard !others.isEmpty, let repository = decision.snapshot?.repository else {
            return statuses(decision).map { Head.Shown(status: $0, number: decision.subject.number) }
        }
        let writers = await forge.writers(of: repository)
        let claims = ([decision] + others).map { one in
            Head.Claim(
                number: one.subject.number, openerMayWrite: writers.holds(one.snapshot?.pullRequest.author),
                statuses: statuses(one))
        }
        return Head.leastFavourable(claims, asked: decision.subject.number)
    }

    private static func account(_ forge: ForgeClient) async -> Result<Account, ForgeError> {
        do { return .success(try await forge.currentUser()) } catch { return .failure(error) }
    }

    private static func rows(
        _ forge: ForgeClient, _ snapshot: PullRequestSnapshot
    ) async -> Result<[CommitStatus], ForgeError> {
        do {
            return .success(
                try await forge.statuses(
                    snapshot.repository.name, of: snapshot.pullRequest.head, all: false))
        } catch {
            return .failure(error)
        }
    }
}

extension PullRequestSnapshot {
    /// Whether both pull requests would show one set of statuses.
    func isSibling(of other: PullRequestSnapshot) -> Bool {
        pullRequest.number != other.pullRequest.number && pullRequest.head == other.pullRequest.head
            && pullRequest.baseBranch == other.pullRequest.baseBranch
    }
}

extension RightHolders {
    /// Whether an account holds the right.
    func holds(_ account: Account?) -> Truth {
        guard let account, account.isReal else { return .no }
        if proven.contains(account) { return .yes }
        if let possible, !possible.contains(account) { return .no }
        return .unknown([unknown])
    }
}
