import GatePolicy
import Testing

@testable import GateWeb

/// A pull request of acme/widget as the pages show it: alice opened it against `main`, everything is known.
struct Scene {
    static let alice = Account(id: 1, login: "alice")
    static let bob = Account(id: 2, login: "bob")
    static let carol = Account(id: 3, login: "carol")
    static let dave = Account(id: 4, login: "dave")
    static let head = commit("a")
    static let old = commit("b")
    static let now = Timestamp(seconds: 1_795_000_000)
    static let repository = RepositoryName(owner: "acme", name: "widget")

    static let policy = """
        version: 1
        gates:
          qa-review:
            description: Somebody from QA has looked at it
            when: not changes_only("docs/**")
            require: qa
          security-review:
            description: Two pairs of eyes where it hurts
            when: changes("src/crypto/**") or label("security")
            require: 2 of security or (1 of security and managers)
            waive: { by: managers, reason: required }
          style:
            mode: advisory
            require: engineers

        """

    var facts: Facts
    private var ids: [String: Int64] = [:]

    init(number: Int64 = 12, title: String = "Rotate the keys every hour", isPrivate: Bool = true) {
        let repository = Repository(
            id: 7, name: Self.repository, owner: Account(id: 50, login: "acme"), ownerIsOrganization: .known(true),
            isPrivate: isPrivate, defaultBranch: "main", createdAt: Timestamp(seconds: 100))
        let pull = PullRequest(
            number: number, title: title, author: Self.alice, head: Self.head, headBranch: "topic", baseBranch: "main")
        facts = Facts(
            now: Self.now, repository: repository, pullRequest: pull, serviceAccount: Account(id: 9, login: "gate"))
        facts.reviews = .known([])
        facts.watchedFiles = .known(WatchedFiles(same: Set(PolicyPath.inOrder)))
        facts.files = .known([ChangedFile(path: "src/crypto/keys.swift", additions: 40, deletions: 12)])
        facts.commits = .known([Commit(id: Self.head, author: nil, committer: nil)])
        facts.timeline = .known([])
        facts.statuses = .known([])
        facts.comments = .known([])
        for account in [Self.alice, Self.bob, Self.carol, Self.dave] { facts.users[account.login] = .known(account) }
        let nobody = Unknown(cause: .notTold, subject: "who may write", reason: "nobody says", cure: "ask")
        facts.writers = RightHolders(proven: [Self.carol], possible: [Self.carol], unknown: nobody)
        facts.admins = RightHolders(proven: [], possible: [], unknown: nobody)
        facts.organizationMembers = .known([])
        team("qa", [Self.bob])
        team("security", [Self.carol, Self.dave])
        team("engineers", [Self.alice, Self.dave])
        team("managers", [Account(id: 5, login: "erin")])
    }

    mutating func team(_ name: String, _ members: [Account]?) {
        let id = ids[name] ?? Int64(101 + ids.count)
        ids[name] = id
        facts.directories["acme"] = .known(TeamDirectory(ids: ids))
        let blind = Unknown(
            cause: .notInTeam, subject: "who is in team `\(name)` of `acme`",
            reason: "the token belongs to `gate`, who is not in that team",
            cure: "add `gate` to the team, or set `forge.directory_token`")
        facts.teamMembers[id] = members.map { .known(TeamMembers(listed: $0)) } ?? .unknown(blind)
    }

    mutating func review(
        _ author: Account?, _ state: Review.State = .approved, at commit: CommitID = Self.head, body: String = ""
    ) {
        var reviews = facts.reviews?.value ?? []
        reviews.append(
            Review(
                id: Int64(31 + reviews.count), author: author, state: state, isDismissed: false, commit: commit,
                body: body,
                submittedAt: Timestamp(seconds: Self.now.seconds - 600)))
        facts.reviews = .known(reviews)
    }

    /// What a commit changes, told apart by one digit.
    mutating func change(_ commit: CommitID, is digit: String) {
        let change = EffectiveChange(entries: [.init(path: "src/crypto/keys.swift", before: nil, after: digit)])
        facts.effectiveChanges[.init(commit: commit, baseBranch: "main")] = .known(change)
    }

    mutating func comment(_ author: Account, _ body: String) {
        var comments = facts.comments?.value ?? []
        let at = Timestamp(seconds: Self.now.seconds - 300)
        comments.append(
            Comment(id: Int64(71 + comments.count), author: author, body: body, createdAt: at, updatedAt: at))
        facts.comments = .known(comments)
    }

    /// A policy in which every gate passes.
    mutating func passes() {
        review(Self.bob)
        review(Self.carol)
        review(Self.dave)
    }

    func verdict(_ policy: String = Self.policy) throws -> Verdict {
        let read = PolicyReader.read(policy, file: ".countersign.yml", digest: "d")
        if read.policy == nil { Issue.record("\(read.diagnostics.rendered)") }
        return try #require(read.policy).evaluate(facts)
    }

    func view(_ policy: String = Self.policy) throws -> PullView { view(finding: .verdict(try verdict(policy))) }

    func view(finding: PullView.Finding) -> PullView {
        var summary: PullView.Summary?
        if case .verdict(let verdict) = finding {
            summary = PullView.Summary(
                state: verdict.summary.outcome.status, description: verdict.statusDescription.description, stands: true)
        }
        return PullView(
            repositoryID: 7, repository: Self.repository, number: facts.pullRequest.number,
            title: facts.pullRequest.title, author: Self.alice, head: Self.head, base: facts.pullRequest.baseBranch,
            finding: finding, summary: summary,
            policy: PolicyOrigin(
                repository: Self.repository, commit: Self.commit("c"), path: ".countersign.yml",
                shown: ".countersign.yml"),
            decidedAt: Timestamp(seconds: Self.now.seconds - 94), checkedAt: Timestamp(seconds: Self.now.seconds - 4))
    }

    static func commit(_ digit: Character) -> CommitID {
        guard let id = CommitID(String(repeating: digit, count: 40)) else { fatalError("\(digit) is no digit") }
        return id
    }
}
