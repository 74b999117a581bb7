import GatePolicy

/// A policy that was read and the facts it is judged by.
struct Case {
    let name: String
    let text: String
    let policy: Policy
    let facts: Facts

    init?(name: String, text: String, facts: Facts) {
        let result = PolicyReader.read(text, file: "countersign.yml", digest: "d")
        guard let policy = result.policy else {
            for diagnostic in result.diagnostics { print("\(name): \(diagnostic.span.line): \(diagnostic.message)") }
            return nil
        }
        self.name = name
        self.text = text
        self.policy = policy
        self.facts = facts
    }

    /// Two gates, three reviews and five comments that may approve, as in policy-bot; every fact is there.
    static func small() -> Case? {
        let text = """
            version: 1
            gates:
              qa-review: { when: 'not changes_only("docs/**")', require: qa, block: none }
              security-review: { require: 2 of security, block: none }
            block: none
            approvals: { comments: ["*:+1:*", "*👍*"] }
            """
        let people = accounts(5)
        var facts = pullRequest(files: 3, labels: [])
        facts.directories["acme"] = .known(TeamDirectory(ids: ["qa": 101, "security": 102]))
        facts.teamMembers[101] = .known(TeamMembers(listed: [people[1], people[2]]))
        facts.teamMembers[102] = .known(TeamMembers(listed: [people[2], people[3]]))
        facts.reviews = .known(people[1...3].enumerated().map { review($0.offset, by: $0.element, of: "a") })
        facts.comments = .known((0..<5).map { comment($0, by: people[$0 % 5]) })
        return Case(name: "small", text: text, facts: facts)
    }

    /// Thirty rules with three regular expressions over paths and one label each, nested three deep, over 200 changed
    /// files, 100 comments, 30 reviews, 40 users, 31 teams, and 100 rows of a timeline.
    static func big() -> Case? {
        var text = "version: 1\ngates:\n"
        for number in 0..<30 {
            text += """
                  rule-\(number):
                    when: 'changes("re:^module\(number)/.*[.]swift$") or (label("area:\(number)" by team-30) and (changes("re:^lib/[a-f]+\(number)/") or changes("re:(test|spec)s?/unit\(number)[0-9]*[.]swift$")))'
                    require: '2 of team-\(number) or (team-\(number) and (team-30 or label("fast:\(number)" by team-30)))'

                """
        }
        text += "approvals: { comments: [\"*:+1:*\", \"*👍*\"] }\n"
        let people = accounts(40)
        var facts = pullRequest(files: 200, labels: (0..<30).map { "area:\($0)" })
        var ids: [String: Int64] = [:]
        for team in 0...30 {
            ids["team-\(team)"] = Int64(101 + team)
            facts.teamMembers[Int64(101 + team)] = .known(
                TeamMembers(listed: (0..<6).map { people[(team * 7 + $0 * 5) % 40] }))
        }
        facts.directories["acme"] = .known(TeamDirectory(ids: ids))
        facts.reviews = .known(
            (0..<30).map { review($0, by: people[1 + $0 % 39], of: $0.isMultiple(of: 5) ? "b" : "a") })
        facts.timeline = .known(
            (0..<100).map { number in
                TimelineEntry(
                    id: Int64(number), actor: people[number % 40], at: Timestamp(seconds: Int64(500 + number)),
                    event: .labelAdded("area:\(number % 30)"))
            })
        facts.comments = .known((0..<100).map { comment($0, by: people[$0 % 40]) })
        return Case(name: "big", text: text, facts: facts)
    }

    private static func accounts(_ count: Int) -> [Account] {
        (1...count).map { Account(id: Int64($0), login: "person-\($0)") }
    }

    private static func commit(_ digit: Character) -> CommitID? { CommitID(String(repeating: digit, count: 40)) }

    private static func review(_ number: Int, by account: Account, of digit: Character) -> Review {
        Review(
            id: Int64(number + 1), author: account, state: .approved, commit: commit(digit),
            submittedAt: Timestamp(seconds: Int64(1000 + number)))
    }

    /// Every fifth approves.
    private static func comment(_ number: Int, by account: Account) -> Comment {
        Comment(
            id: Int64(10_000 + number), author: account,
            body: number % 5 == 4
                ? ":+1: I have tried it here" : "Could this be simpler? The second part does the same as the first.",
            createdAt: Timestamp(seconds: Int64(2000 + number)), updatedAt: Timestamp(seconds: Int64(2000 + number)))
    }

    private static func pullRequest(files: Int, labels: [String]) -> Facts {
        guard let head = commit("a"), let old = commit("b") else { preconditionFailure("no commit id") }
        let author = Account(id: 1, login: "person-1")
        let unknown = Unknown(cause: .notTold, subject: "who may write the code", reason: "not told", cure: "ask")
        var facts = Facts(
            now: Timestamp(seconds: 5000),
            repository: Repository(
                id: 1, name: RepositoryName(owner: "acme", name: "site"), owner: Account(id: 99, login: "acme"),
                ownerIsOrganization: .known(true), isPrivate: true, defaultBranch: "main"),
            pullRequest: PullRequest(
                number: 1, title: "Make it faster", author: author, head: head, headBranch: "topic",
                baseBranch: "main", labels: labels))
        facts.files = .known(
            (0..<files).map {
                ChangedFile(path: "module\($0 % 60)/part\($0)/file\($0).swift", additions: 3, deletions: 1)
            })
        facts.commits = .known([Commit(id: head, author: author, committer: author)])
        facts.timeline = .known([])
        facts.statuses = .known([])
        facts.comments = .known([])
        facts.watchedFiles = .known(WatchedFiles(same: Set(PolicyPath.inOrder)))
        facts.writers = RightHolders(proven: accounts(40), possible: accounts(40), unknown: unknown)
        for commit in [head, old] {
            facts.effectiveChanges[.init(commit: commit, baseBranch: "main")] = .known(
                EffectiveChange(entries: [.init(path: "a", before: nil, after: "100644 b")]))
        }
        return facts
    }
}
