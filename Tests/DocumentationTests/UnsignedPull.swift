import GatePolicy

/// A pull request of alice's that nobody has signed.
enum UnsignedPull {
    private static let alice = Account(id: 1, login: "alice")
    private static let dave = Account(id: 4, login: "dave")

    /// Of which nothing has been read.
    static var nothingKnown: Facts {
        let repository = Repository(
            id: 7, name: RepositoryName(owner: "acme", name: "widget"), owner: Account(id: 9, login: "acme"),
            ownerIsOrganization: .known(true), isPrivate: true, defaultBranch: "main",
            createdAt: Timestamp(seconds: 100))
        let pull = PullRequest(
            number: 3, title: "Add one", author: alice, head: head, headBranch: "topic", baseBranch: "main")
        return Facts(now: Timestamp(seconds: 5000), repository: repository, pullRequest: pull)
    }

    private static var head: CommitID {
        guard let id = CommitID(String(repeating: "a", count: 40)) else { fatalError("a commit has 40 digits") }
        return id
    }

    /// Of which everything is known; every word of a policy names a team, of which dave is the one member.
    static func facts(naming policy: String) -> Facts {
        var facts = nothingKnown
        facts.reviews = .known([])
        facts.comments = .known([])
        facts.files = .known([
            ChangedFile(path: "src/one.swift", additions: 900), ChangedFile(path: "infra/one.tf", additions: 1),
        ])
        facts.commits = .known([Commit(id: head, author: nil, committer: nil)])
        facts.statuses = .known([])
        facts.verifications = .known([CommitVerification(commit: head, isVerified: false)])
        facts.templates = .known([])
        facts.codeOwners = .known(nil)
        facts.timeline = .known([
            TimelineEntry(
                id: 1, actor: alice, at: Timestamp(seconds: 1000), event: .push(commits: [head], forced: false))
        ])
        facts.watchedFiles = .known(
            WatchedFiles(same: Set(PolicyPath.inOrder + CodeOwnersFile.paths.map { ExactText($0) })))
        let words = Set(policy.matches(of: /[A-Za-z][A-Za-z0-9_.-]*/).map { String($0.output) }).sorted()
        var ids: [String: Int64] = [:]
        for (index, word) in words.enumerated() {
            ids[word] = Int64(100 + index)
            facts.teamMembers[Int64(100 + index)] = .known(TeamMembers(listed: [dave]))
            facts.users[word.lowercased()] = .known(Account(id: Int64(10_000 + index), login: word))
        }
        facts.directories["acme"] = .known(TeamDirectory(ids: ids))
        facts.organizationMembers = .known([dave])
        let writers = RightHolders(
            proven: [dave], possible: [dave],
            unknown: Unknown(cause: .notInTeam, subject: "who may write", reason: "nobody asked", cure: "ask"))
        facts.writers = writers
        facts.admins = writers
        return facts
    }
}
