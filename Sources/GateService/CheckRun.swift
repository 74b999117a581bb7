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
        /// Contexts of gates in which nothing is posted, because they are for other branches.
        public var withheld: [WithheldContext] = []
        /// What became of them; nil when nothing was to be posted.
        public var posted: [Publisher.Posted]?

        /// A report of a decision alone, for questions that post nothing.
        public init(_ decision: Decision) {
            self.init(decision: decision, siblings: [], statuses: [], holder: nil, posted: nil)
        }

        init(
            decision: Decision, siblings: [Decision], statuses: [DesiredStatus], holder: Int64?,
            posted: [Publisher.Posted]?
        ) {
            self.decision = decision
            self.siblings = siblings
            self.statuses = statuses
            self.holder = holder
            self.posted = posted
        }
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
        var open = await Self.open(forge, subject.repository)
        let account = try await user.get()
        let snapshot: PullRequestSnapshot
        if let listed = open.value?.first(where: { $0.pullRequest.number == subject.number }) {
            snapshot = listed
        } else {
            snapshot = try await forge.pullRequest(subject.repository, subject.number)
        }
        async let rows = Self.rows(forge, snapshot)
        var decision = await decider.decide(subject, snapshot, serviceAccount: account)
        var shown = await rows
        let now = decision.snapshot ?? snapshot
        // List and rows were read before the verdict; a pull request that moved since has others.
        if !now.shows(sameAs: snapshot) { open = await Self.open(forge, subject.repository) }
        if now.pullRequest.head != snapshot.pullRequest.head { shown = await Self.rows(forge, now) }
        var seen = shown.value ?? []
        if case .unknown(let unknown) = shown { (decision, seen) = decision.blinded(by: unknown) }
        var siblings = Siblings()
        switch open {
        case .known(let open):
            siblings = await self.siblings(open.filter { $0.isSibling(of: now) }, of: now, account)
        // Whatever cannot be had, what stands on the head must not stay green.
        case .unknown(let unknown) where now.pullRequest.isOpen: decision.result = .undecided([unknown])
        // Nothing is posted for one that is not open.
        case .unknown: break
        }
        if case .unknown(let unknown) = shown {
            siblings.decisions = siblings.decisions.map {
                ($0.decision.blinded(by: unknown).decision, $0.openerMayWrite)
            }
        }
        let bases = open.value?.filter { $0.pullRequest.head == now.pullRequest.head }.map(\.pullRequest.baseBranch)
        let left = LeftBehind.statuses(
            shown.value ?? [], of: account, allowed: settings.allowedContexts,
            // Where nobody knows them, what is green for another branch is left alone.
            bases: bases.map { $0 + [now.pullRequest.baseBranch] } ?? settings.allowedContexts.compactMap(\.branch))
        return await finish(decision, siblings, seen, left, account, posts: posts)
    }

    /// Other pull requests of the same head and base that count, and whose openers may write.
    private struct Siblings {
        var decisions: [(decision: Decision, openerMayWrite: Truth)] = []
        /// Whether the opener of the one that was asked about may write.
        var askedMayWrite = Truth.yes
    }

    /// Decides on those siblings that count; the others are not even read, for an outsider may open any number of them.
    private func siblings(
        _ open: [PullRequestSnapshot], of asked: PullRequestSnapshot, _ account: Account
    ) async -> Siblings {
        if open.isEmpty { return Siblings() }
        let writers = await forge.writers(of: asked.repository)
        var siblings = Siblings(askedMayWrite: writers.holds(asked.pullRequest.author))
        let counted = Head.counted(
            [(asked.pullRequest.number, siblings.askedMayWrite)]
                + open.map { ($0.pullRequest.number, writers.holds($0.pullRequest.author)) })
        for sibling in open where counted.contains(sibling.pullRequest.number) {
            let subject = Subject(repository: asked.repository.name, number: sibling.pullRequest.number)
            let decision = await decider.decide(subject, sibling, serviceAccount: account)
            // Read again, it may have another head or base by now: then it says nothing about this one.
            guard let now = decision.snapshot, now.isSibling(of: asked) else { continue }
            siblings.decisions.append((decision, writers.holds(now.pullRequest.author)))
        }
        return siblings
    }

    private func finish(
        _ decision: Decision, _ siblings: Siblings, _ rows: [CommitStatus], _ left: [DesiredStatus],
        _ account: Account, posts: Bool
    ) async -> Report {
        // Without a verdict none of ours may stay green, nor what somebody else made look like one.
        let ours = rows.filter { $0.creator == account || $0.state?.passes ?? true }
        let shown = weigh(decision, siblings, ours)
        let statuses = (shown.isEmpty ? [] : left) + shown.map(\.status)
        // The summary comes last.
        let holder = shown.last { $0.number != decision.subject.number }?.number
        var report = Report(
            decision: decision, siblings: siblings.decisions.map(\.decision), statuses: statuses, holder: holder,
            posted: nil)
        report.withheld = decision.withheld(allowed: settings.allowedContexts)
        guard posts, let snapshot = decision.snapshot, snapshot.pullRequest.isOpen, !snapshot.isArchived,
            !statuses.isEmpty
        else {
            return report
        }
        report.posted = await Publisher(forge, uptime: { [decider] in .seconds(decider.now().seconds) }).publish(
            statuses, on: snapshot.pullRequest.head, of: snapshot.repository.name, shown: rows, account: account)
        return report
    }

    private func weigh(_ decision: Decision, _ siblings: Siblings, _ ours: [CommitStatus]) -> [Head.Shown] {
        func claim(_ one: Decision, _ openerMayWrite: Truth) -> Head.Claim {
            Head.Claim(
                number: one.snapshot?.pullRequest.number ?? one.subject.number, openerMayWrite: openerMayWrite,
                statuses: one.statuses(allowed: settings.allowedContexts, shown: ours))
        }
        let asked = claim(decision, siblings.askedMayWrite)
        return Head.leastFavourable([asked] + siblings.decisions.map { claim($0.0, $0.1) }, asked: asked.number)
    }

    private static func account(_ forge: ForgeClient) async -> Result<Account, ForgeError> {
        do { return .success(try await forge.currentUser()) } catch { return .failure(error) }
    }

    private static func rows(_ forge: ForgeClient, _ snapshot: PullRequestSnapshot) async -> Known<[CommitStatus]> {
        do {
            return .known(
                try await forge.statuses(snapshot.repository.name, of: snapshot.pullRequest.head, all: false))
        } catch {
            return .unknown(error.unknown(subject: "which statuses the head has"))
        }
    }

    private static func open(_ forge: ForgeClient, _ repository: RepositoryName) async -> Known<[PullRequestSnapshot]> {
        do {
            return .known(try await forge.openSnapshots(repository))
        } catch {
            return .unknown(error.unknown(subject: "which pull requests have the same head"))
        }
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
