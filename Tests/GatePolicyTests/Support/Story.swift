import Testing

@testable import GatePolicy

/// A pull request as a test tells it: alice opened #12 of acme/site against `main`, everything is known and empty.
struct Story {
    static let alice = Account(id: 1, login: "alice")
    static let bob = Account(id: 2, login: "bob")
    static let carol = Account(id: 3, login: "carol")
    static let dave = Account(id: 4, login: "dave")
    static let erin = Account(id: 5, login: "erin")
    static let service = Account(id: 9, login: "countersign-bot")
    static let ghost = Account(id: -1, login: "Ghost")
    static let actions = Account(id: -2, login: "gitea-actions")

    static let head = commit("a")
    static let old = commit("b")
    static let older = commit("c")

    var facts: Facts
    private var ids: [String: Int64] = [:]
    private var saysWhoWroteIt = false

    init(isPrivate: Bool = true) {
        let repository = Repository(
            id: 7, name: RepositoryName(owner: "acme", name: "site"), owner: Account(id: 50, login: "acme"),
            ownerIsOrganization: .known(true), isPrivate: isPrivate, defaultBranch: "main",
            createdAt: Timestamp(seconds: 100))
        let pull = PullRequest(
            number: 12, title: "Make it faster", author: Self.alice, head: Self.head, headBranch: "topic",
            baseBranch: "main")
        facts = Facts(
            now: Timestamp(seconds: 5000), repository: repository, pullRequest: pull, serviceAccount: Self.service)
        facts.reviews = .known([])
        facts.files = .known([ChangedFile(path: "src/a.swift", additions: 3, deletions: 1)])
        facts.commits = .known([Commit(id: Self.head, author: nil, committer: nil)])
        facts.timeline = .known([])
        facts.statuses = .known([])
        facts.verifications = .known([CommitVerification(commit: Self.head, isVerified: false)])
        facts.comments = .known([])
        facts.watchedFiles = .known(
            WatchedFiles(
                same: Set(PolicyPath.inOrder + CodeOwnersFile.paths.map { ExactText($0) })))
        for account in [Self.alice, Self.bob, Self.carol, Self.dave, Self.erin] {
            facts.users[account.login] = .known(account)
        }
        facts.writers = Self.holders([])
        facts.admins = Self.holders([])
        facts.organizationMembers = .known([])
        team("qa", [Self.bob, Self.carol])
        team("security", [Self.carol, Self.dave])
        team("leads", [Self.erin])
    }

    static func commit(_ digit: Character) -> CommitID {
        guard let id = CommitID(String(repeating: digit, count: 40)) else { fatalError("\(digit) is no digit") }
        return id
    }

    static func holders(_ accounts: [Account]) -> RightHolders {
        RightHolders(proven: accounts, possible: accounts, unknown: unknown("who may write the code"))
    }

    static func unknown(_ subject: String) -> Unknown {
        Unknown(
            cause: .notInTeam, subject: subject,
            reason: "the token belongs to `countersign-bot`, who is not in that team",
            cure: "add `countersign-bot` to the team")
    }

    // MARK: What happens

    mutating func team(_ name: String, _ members: [Account]?) {
        let id = ids[name] ?? Int64(101 + ids.count)
        ids[name] = id
        facts.directories["acme"] = .known(TeamDirectory(ids: ids))
        facts.teamMembers[id] =
            members.map { .known(TeamMembers(listed: $0)) }
            ?? .unknown(Self.unknown("who is in team `\(name)` of `acme`"))
    }

    /// The token cannot see who is in a team.
    mutating func hide(_ team: String) { self.team(team, nil) }

    /// A review; ids and seconds grow with each, from 11 and 1010.
    mutating func review(
        _ author: Account?, _ state: Review.State = .approved, at commit: CommitID? = head, isDismissed: Bool = false,
        saying body: String = "", second: Int64? = nil
    ) {
        var reviews = facts.reviews?.value ?? []
        let id = (reviews.last?.id ?? 10) + 1
        reviews.append(
            Review(
                id: id, author: author, state: state, isDismissed: isDismissed, commit: commit, body: body,
                submittedAt: Timestamp(seconds: second ?? 1000 + (id - 10) * 10)))
        facts.reviews = .known(reviews)
    }

    mutating func happens(_ event: TimelineEntry.Event, by actor: Account?, second: Int64) {
        var rows = facts.timeline?.value ?? []
        rows.append(
            TimelineEntry(id: Int64(rows.count + 1), actor: actor, at: Timestamp(seconds: second), event: event))
        facts.timeline = .known(rows)
    }

    /// The first takes the place of the head's commit that nobody is known to have written.
    mutating func commit(by author: Account?, committer: Account? = nil) {
        var commits = saysWhoWroteIt ? facts.commits?.value ?? [] : []
        saysWhoWroteIt = true
        commits.append(Commit(id: Self.head, author: author, committer: committer ?? author))
        facts.commits = .known(commits)
    }

    mutating func change(_ commit: CommitID, against branch: String = "main", is text: String?) {
        let change = text.map { EffectiveChange(entries: [.init(path: "src/a.swift", before: nil, after: $0)]) }
        facts.effectiveChanges[.init(commit: commit, baseBranch: branch)] = .known(change)
    }

    mutating func waive(
        _ gate: String, by author: Account, reason: String = "it is urgent", at commit: CommitID? = head
    ) {
        facts.waivers.append(
            Waiver(
                gate: gate, author: author, reason: reason, commit: commit,
                givenAt: Timestamp(seconds: 2000 + Int64(facts.waivers.count))))
    }

    /// A comment; ids grow with each from 5001, and it is given for the present head unless `pushes` say otherwise.
    mutating func says(_ text: String, by author: Account?, isEdited: Bool = false, second: Int64? = nil) {
        if case .known(let rows)? = facts.timeline,
            !rows.contains(where: { if case .push = $0.event { true } else { false } })
        {
            let push = TimelineEntry.Event.push(commits: [facts.pullRequest.head], forced: false)
            happens(push, by: facts.pullRequest.author, second: 900)
        }
        var comments = facts.comments?.value ?? []
        let at = Timestamp(seconds: second ?? 3000 + Int64(comments.count))
        comments.append(
            Comment(
                id: 5001 + Int64(comments.count), author: author, body: text, createdAt: at,
                updatedAt: isEdited ? Timestamp(seconds: at.seconds + 5) : at))
        facts.comments = .known(comments)
    }

    mutating func status(_ context: String, _ state: StatusState?, by creator: Account?) {
        var rows = facts.statuses?.value ?? []
        rows.append(CommitStatus(id: Int64(rows.count + 1), context: context, state: state, creator: creator))
        facts.statuses = .known(rows)
    }

    // MARK: What comes of it

    func verdict(_ policy: String) throws -> Verdict { try Self.policy(policy).evaluate(facts) }

    /// What one gate that requires something came to, with no blockers.
    func gate(require: String, _ more: String = "") throws -> GateVerdict {
        try #require(
            try verdict("version: 1\ngates:\n  it:\n    require: '\(require)'\n    block: none\n\(more)").gates.first)
    }

    /// What a gate with any keys came to.
    func gate(_ keys: [String]) throws -> GateVerdict {
        let lines = keys.map { "    \($0)" }.joined(separator: "\n")
        return try #require(try verdict("version: 1\ngates:\n  it:\n\(lines)\n").gates.first)
    }

    /// The outcome of one requirement.
    func outcome(_ require: String) throws -> Outcome { try gate(require: require).outcome }

    /// A condition's mark: in `when` as written, or, where it helps, in `require`.
    func mark(_ condition: String, helps: Bool = false) throws -> Explanation.Mark? {
        if helps { return try gate(require: "\(condition) and leads").requirement?.children.first?.mark }
        return try gate(["when: '\(condition)'", "require: leads", "block: none"]).when?.mark
    }

    static func policy(_ text: String) throws -> Policy {
        let result = PolicyReader.read(text, file: "countersign.yml", digest: "d")
        if result.policy == nil { Issue.record("the policy is invalid:\n\(result.diagnostics.rendered)\n\(text)") }
        return try #require(result.policy)
    }
}
