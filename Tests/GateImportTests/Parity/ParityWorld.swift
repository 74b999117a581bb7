import GatePolicy

/// A pull request that both gates look at: alice opened it, every moment is different.
struct ParityWorld {
    /// Something that somebody said.
    struct Word {
        enum Kind { case comment, editedComment, approval, requestForChanges, reviewComment }

        var author: String
        var kind: Kind
        var text: String
        var at: Int
        /// Whether a review was dismissed since: policy-bot is not told of it.
        var isDismissed = false

        /// Whether something in it is not plainly said: a quote, code, a list mark, white space around it.
        var isMarked: Bool { text.contains("\n") || text.hasPrefix(">") || text.hasPrefix("- ") }
    }

    /// A commit with its author, who committed it too.
    struct Commit {
        var author: String?
        var isSigned: Bool
        var key = ParityWorld.keys[0]
        /// Whether it only merges the base branch into the one before it.
        var isUpdateMerge = false
    }

    /// A status of the head.
    struct Status {
        var name: String
        var state: StatusState
    }

    /// Two GPG keys, and what an SSH key is called.
    static let keys = ["3AA5C34371567BD2", "4AEE18F83AFDEB23", "SHA256:" + String(repeating: "k", count: 43)]

    static let people = ["alice", "bob", "carol", "dave", "erin"]
    static let writers = ["bob", "carol", "dave", "erin"]
    /// Of the organisation; erin may only write to the repository.
    static let members = ["alice", "bob", "carol", "dave"]
    static let teams = ["core": ["alice", "bob", "carol"], "sec": ["carol", "dave"]]
    static let texts = [
        ":+1:", "👍", ":-1:", "👎", "approved by me", "not approved", "tested it", "nothing to say", "> :+1:",
        "fine\n```\napproved\n```", "never mind", "- approved", "> is it?\n\napproved",
        "```\nlet it = 1\n```\napproved", "tested  \n",
    ]
    static let pushedAt = 20

    var files: [String] = []
    var labels: [String] = []
    var statuses: [Status] = []
    var title = "A change"
    var body = ""
    var isFork = false
    var isPrivate = true
    var commits: [Commit] = []
    /// Whether the last commit arrived by a push at `pushedAt`.
    var hasSecondPush = false
    var words: [Word] = []

    static func random(_ random: inout HostileTests.Random) -> ParityWorld {
        var world = ParityWorld()
        func some(_ values: [String], _ random: inout HostileTests.Random) -> [String] {
            values.filter { _ in Bool.random(using: &random) }
        }
        world.files = some(["if0", "if1", "if2", "ok0", "ok1", "ok2", ".policy.yml"], &random)
        world.labels = some(["risk", "trivial"], &random)
        world.statuses = some(["ci", "lint"], &random).map { name in
            Status(
                name: name, state: [.success, .success, .pending, .failure].randomElement(using: &random) ?? .success)
        }
        world.title = Bool.random(using: &random) ? "WIP: A change" : "A change"
        world.body = Bool.random(using: &random) ? "no-review please" : ""
        world.isFork = Int.random(in: 0..<4, using: &random) == 0
        world.isPrivate = Bool.random(using: &random)
        world.hasSecondPush = Bool.random(using: &random)
        world.commits = (0..<(world.hasSecondPush ? 2 : 1)).map { _ in
            Commit(
                author: ["alice", "alice", "bob", "dave", nil].randomElement(using: &random) ?? nil,
                isSigned: Bool.random(using: &random), key: keys.randomElement(using: &random) ?? keys[0])
        }
        if world.hasSecondPush, Int.random(in: 0..<3, using: &random) == 0 { world.commits[1].isUpdateMerge = true }
        let moments = (2..<40).filter { $0 != pushedAt }.shuffled(using: &random)
        for at in moments.prefix(Int.random(in: 0..<6, using: &random)).sorted() {
            let kind: Word.Kind =
                [
                    .comment, .comment, .comment, .editedComment, .approval, .approval, .requestForChanges,
                    .reviewComment,
                ]
                .randomElement(using: &random) ?? .comment
            world.words.append(
                Word(
                    author: people.randomElement(using: &random) ?? "bob", kind: kind,
                    text: texts.randomElement(using: &random) ?? "", at: at,
                    isDismissed: [.approval, .requestForChanges].contains(kind)
                        && Int.random(in: 0..<4, using: &random) == 0))
        }
        // Now and then somebody comes round, and that is dismissed or not.
        if let request = world.words.first(where: { $0.kind == .requestForChanges }), Bool.random(using: &random) {
            world.words.append(
                Word(
                    author: request.author, kind: .approval, text: "fine", at: 45,
                    isDismissed: Bool.random(using: &random)))
        }
        return world
    }

    static func account(_ name: String) -> Account {
        Account(id: Int64(people.firstIndex(of: name) ?? 90) + 2, login: name)
    }

    private static func commit(_ digit: String) -> CommitID {
        guard let id = CommitID(String(repeating: digit, count: 40)) else { fatalError("40 digits are an id") }
        return id
    }

    static let head = commit("a")
    static let old = commit("b")
    /// On the base branch.
    static let base = commit("c")

    func has(_ status: String, _ states: StatusState...) -> Bool {
        statuses.contains { $0.name == status && states.contains($0.state) }
    }

    /// The same as our engine's facts.
    var facts: Facts {
        let owner = Account(id: 1, login: "acme")
        let repository = Repository(
            id: 1, name: RepositoryName(owner: "acme", name: "app"), owner: owner, ownerIsOrganization: .known(true),
            isPrivate: isPrivate, defaultBranch: "main")
        var request = PullRequest(
            number: 1, title: title, author: Self.account("alice"), head: Self.head, headBranch: "topic",
            baseBranch: "main")
        request.body = body
        request.labels = labels
        if isFork { request.forkOwner = "alice" }
        var facts = Facts(now: Timestamp(seconds: 1000), repository: repository, pullRequest: request)
        facts.files = .known(files.map { ChangedFile(path: $0, additions: 10) })
        facts.watchedFiles = .known(WatchedFiles(same: Set(PolicyPath.inOrder)))
        facts.branches = [:]
        people(&facts)
        history(&facts)
        return facts
    }

    private func people(_ facts: inout Facts) {
        var ids: [String: Int64] = [:]
        for (index, team) in Self.teams.sorted(by: { $0.key < $1.key }).enumerated() {
            ids[team.key] = Int64(index) + 1
            facts.teamMembers[Int64(index) + 1] = .known(TeamMembers(listed: team.value.map(Self.account)))
        }
        facts.directories["acme"] = .known(TeamDirectory(ids: ids))
        for name in Self.people { facts.users[name] = .known(Self.account(name)) }
        let unknown = Unknown(cause: .notTold, subject: "rights", reason: "not told", cure: "none")
        let writers = Self.writers.map(Self.account)
        facts.writers = RightHolders(proven: writers, possible: writers, unknown: unknown)
        let admins = [Self.account("erin")]
        facts.admins = RightHolders(proven: admins, possible: admins, unknown: unknown)
        facts.organizationMembers = .known(Self.members.map(Self.account))
    }

    private func history(_ facts: inout Facts) {
        var rows = [
            TimelineEntry(
                id: 1, actor: Self.account("alice"), at: Timestamp(seconds: 1),
                event: .push(commits: [hasSecondPush ? Self.old : Self.head], forced: false))
        ]
        if hasSecondPush {
            rows.append(
                TimelineEntry(
                    id: Int64(Self.pushedAt), actor: Self.account("alice"),
                    at: Timestamp(seconds: Int64(Self.pushedAt)),
                    event: .push(commits: [Self.head], forced: false)))
        }
        if commits.last?.isUpdateMerge == true {
            let change = EffectiveChange(
                entries: Set(files.map { .init(path: $0, before: nil, after: "100644 \($0)") }))
            for commit in [Self.old, Self.head] {
                facts.effectiveChanges[.init(commit: commit, baseBranch: "main")] = .known(change)
            }
        }
        for (index, label) in labels.enumerated() {
            rows.append(
                TimelineEntry(
                    id: Int64(50 + index), actor: Self.account("carol"), at: Timestamp(seconds: 50),
                    event: .labelAdded(label)))
        }
        facts.timeline = .known(rows)
        let ids = commits.count == 2 ? [Self.old, Self.head] : [Self.head]
        facts.commits = .known(
            zip(ids, commits).map { id, commit in
                let author = commit.author.map(Self.account)
                return GatePolicy.Commit(
                    id: id, author: author, committer: author,
                    parents: commit.isUpdateMerge ? [Self.old, Self.base] : [id == ids[0] ? Self.base : Self.old])
            })
        facts.verifications = .known(
            zip(ids, commits).map { id, commit in
                CommitVerification(
                    commit: id, isVerified: commit.isSigned, signer: commit.isSigned ? commit.author : nil,
                    key: commit.isSigned ? commit.key : nil)
            })
        facts.statuses = .known(
            statuses.enumerated().map { index, status in
                CommitStatus(
                    id: Int64(index) + 1, context: status.name, state: status.state, creator: Self.account("erin"))
            })
        facts.comments = .known(words.compactMap(\.comment))
        facts.reviews = .known(
            words.enumerated().compactMap { index, word in
                let isOld = hasSecondPush && word.at < Self.pushedAt
                return word.review(Int64(index) + 1, at: isOld ? Self.old : Self.head)
            })
    }
}

extension ParityWorld.Word {
    fileprivate var comment: Comment? {
        guard kind == .comment || kind == .editedComment else { return nil }
        let written = Timestamp(seconds: Int64(at))
        return Comment(
            id: Int64(at), author: ParityWorld.account(author), body: text, createdAt: written,
            updatedAt: kind == .editedComment ? Timestamp(seconds: Int64(at) + 500) : written)
    }

    fileprivate func review(_ id: Int64, at commit: CommitID) -> Review? {
        let state: Review.State
        switch kind {
        case .comment, .editedComment: return nil
        case .approval: state = .approved
        case .requestForChanges: state = .requestChanges
        case .reviewComment: state = .comment
        }
        return Review(
            id: id, author: ParityWorld.account(author), state: state, isDismissed: isDismissed, commit: commit,
            body: text,
            submittedAt: Timestamp(seconds: Int64(at)))
    }
}
