import GatePolicy
import Testing

@testable import CountersignCLI

/// `simulate` and `explain` on the facts of a file: what is supposed, and what comments say.
@Suite struct SuppositionTests {
    private static let policy = """
        version: 1
        block: none
        gates:
          qa-review: { require: qa, waive: { by: leads, reason: required } }
          tier: { when: 'not label("trivial" by leads)', require: leads }
          freeze: { when: 'title("release*")', require: never("frozen until monday") }
          sop:
            checklist:
              - { item: testing, ask: Testing, by: qa }

        """
    private static let alice = Account(id: 1, login: "alice")
    private static let bob = Account(id: 2, login: "bob")
    private static let carol = Account(id: 3, login: "carol")
    private static let head = String(repeating: "a", count: 40)

    /// Alice's pull request, on which nobody has signed.
    private static func facts() throws -> Facts {
        let head = try #require(CommitID(Self.head))
        let repository = Repository(
            id: 7, name: RepositoryName(owner: "acme", name: "widget"), owner: Account(id: 9, login: "acme"),
            ownerIsOrganization: .known(true), isPrivate: true, defaultBranch: "main",
            createdAt: Timestamp(seconds: 100))
        let pull = PullRequest(
            number: 3, title: "Add one", author: alice, head: head, headBranch: "topic", baseBranch: "main")
        var facts = Facts(now: Timestamp(seconds: 1_780_000_000), repository: repository, pullRequest: pull)
        facts.reviews = .known([])
        facts.comments = .known([])
        facts.files = .known([ChangedFile(path: "src/one.swift", additions: 1)])
        facts.commits = .known([Commit(id: head, author: nil, committer: nil)])
        facts.statuses = .known([])
        facts.templates = .known([])
        facts.timeline = .known([
            TimelineEntry(
                id: 1, actor: alice, at: Timestamp(seconds: 1000), event: .push(commits: [head], forced: false))
        ])
        facts.watchedFiles = .known(
            WatchedFiles(same: [".countersign.yml", ".gitea/countersign.yml", ".forgejo/countersign.yml"]))
        facts.directories["acme"] = .known(TeamDirectory(ids: ["qa": 101, "leads": 102]))
        facts.teamMembers = [
            101: .known(TeamMembers(listed: [bob])), 102: .known(TeamMembers(listed: [carol])),
        ]
        return facts
    }

    private func asked(_ arguments: [String], _ facts: Facts, policy: String = policy) async throws -> Desk.Ended {
        let files = ["facts.json": try FactsFile.text(facts), "p.yml": policy]
        return await Desk(files: files).run(arguments + ["--facts", "facts.json", "--policy", "p.yml"])
    }

    @Test(arguments: [
        (["--approve", "bob", "--approve", "carol"], "approvals"),
        (["--label", "trivial", "--labeller", "carol"], "label"),
        (["--label", "trivial", "--labeller", "alice"], "label-by-the-opener"),
        (["--label", "trivial"], "label-alone"),
        (["--title", "release 2"], "title"),
        (["--body", "Testing: by hand", "--comment", "bob: /ack testing"], "body"),
        (["--comment", "carol: /waive qa-review the fix for last night's outage"], "comment"),
        (["--comment", "alice: /waive qa-review", "--comment", "bob: good work"], "comment-in-vain"),
        (["--comment", "carol: /wave qa-review at last\n/deploy now"], "comment-passed-over"),
    ]) func whatWouldBe(_ flags: [String], _ name: String) async throws {
        let ended = try await asked(["simulate"] + flags, try Self.facts())
        #expect(ended.status == 1)
        try expectTold(ended.told, "simulate-\(name)")
    }

    /// What a lead has put on holds, whoever takes it off: its absence would help nobody.
    @Test(arguments: ["alice", "carol"]) func aLabelThatIsTakenOff(_ person: String) async throws {
        let facts = try Self.facts().supposing([.label("trivial", by: Self.carol)])
        let ended = try await asked(["simulate", "--unlabel", "trivial", "--labeller", person], facts)
        try expectTold(ended.told, "simulate-unlabel-by-\(person)")
    }

    @Test(arguments: [
        (["--comment", "good work"], "`--comment` takes `LOGIN: TEXT`"),
        (["--comment", ": good work"], "`--comment` takes `LOGIN: TEXT`"),
        (["--approve", "zelda"], "the facts mention nobody called `zelda`"),
        (["--label", "x", "--labeller", "zelda"], "the facts mention nobody called `zelda`"),
    ]) func whatCannotBeSupposed(_ flags: [String], _ told: String) async throws {
        let ended = try await asked(["simulate"] + flags, try Self.facts())
        #expect(ended.status == 64 && ended.output.isEmpty)
        #expect(ended.talk.contains(told), "\(ended.talk)")
    }

    /// Facts are of one pull request, which may be named besides; another one is no gate, and is not passed over.
    @Test(arguments: ["explain", "simulate"]) func anotherPullRequestThanTheFacts(_ command: String) async throws {
        let facts = try Self.facts()
        let own = "\(facts.repository.name)#\(facts.pullRequest.number)"
        let named = try await asked([command, own], facts)
        let unnamed = try await asked([command], facts)
        #expect(named.told == unnamed.told && named.status != 64, "\(named.told)")
        for other in ["\(facts.repository.name)#999", "other/repo#\(facts.pullRequest.number)"] {
            let refused = try await asked([command, other], facts)
            #expect(refused.status == 64 && refused.output.isEmpty, "\(refused.told)")
            #expect(
                refused.talk.contains(
                    "`\(other)` is not the pull request of `facts.json`, whose facts are of `\(own)`"),
                "\(refused.told)")
        }
    }

    /// Commands in the comments of a file's facts are carried out as far as one moment tells.
    @Test func commandsAreHonoured() async throws {
        var facts = try Self.facts()
        facts.pullRequest.body = "Testing: by hand"
        let said: [(Account, String, Bool)] = [
            (Self.carol, "/waive qa-review the fix", false), (Self.bob, "/ack testing", false),
            (Self.carol, "/revoke qa-review it can wait", false), (Self.alice, "/ack testing", false),
            (Self.bob, "/ack testing again", true), (Self.carol, "/waive qa-reviw", false),
            (Self.carol, "/why", false), (Self.carol, "/waive qa-review it cannot wait", false),
        ]
        facts.comments = .known(
            said.enumerated().map { index, word in
                let at = Timestamp(seconds: 2000 + Int64(index))
                return Comment(
                    id: 100 + Int64(index), author: word.0, body: word.1, createdAt: at,
                    updatedAt: Timestamp(seconds: at.seconds + (word.2 ? 60 : 0)))
            })
        let explained = try await asked(["explain"], facts)
        #expect(explained.status == 1)
        try expectTold(explained.told, "explain-commands")
        let simulated = try await asked(["simulate", "--comment", "carol: /revoke qa-review"], facts)
        try expectTold(simulated.told, "simulate-revoke")
    }

    /// What somebody can do, by whatever the policy takes from people.
    @Test(arguments: [
        ("bob", "sop", "sop: `/ack testing` in a comment by bob would make it pass (approved)"),
        ("carol", "sop", "sop: `/ack testing` in a comment by carol would not count: carol acknowledged it, but"),
        ("bob", "spoken", "spoken: a comment `LGTM` by bob would make it pass (approved)"),
        ("bob", "spoken", "spoken: an approval by bob would not count: bob approved in a review"),
        ("alice", "spoken", "spoken: a comment `LGTM` by alice would not count: alice opened the pull request"),
        ("carol", "tier", "tier: the label `trivial` put on by carol would make it pass (not-needed)"),
        ("bob", "through", "through: a comment `LGTM` by bob would make it pass (approved)"),
        ("bob", "through", "through: an approval by bob would not count: bob approved in a review"),
        ("bob", "guessed", "guessed: comments that match `re:[A-Z]{3}x+` approve, too; none was tried"),
    ]) func whatSomebodyCanDo(_ person: String, _ gate: String, _ line: String) async throws {
        var facts = try Self.facts()
        facts.pullRequest.body = "Testing: by hand"
        let policy =
            Self.policy + "  spoken: { require: qa, approvals: { reviews: false, comments: [\"*LGTM*\"] } }\n"
            + "  guessed: { require: qa, approvals: { comments: \"re:[A-Z]{3}x+\" } }\n"
            + "  through: { require: gate(\"spoken-part\") }\nparts:\n"
            + "  spoken-part: { require: qa, approvals: { reviews: false, comments: [\"*LGTM*\"] } }\n"
        let ended = try await asked(["explain", gate, "--as", person], facts, policy: policy)
        #expect(ended.status == 1)
        #expect(ended.output.contains("    \(line)"), "\(ended.told)")
        #expect(gate != "sop" || !ended.output.contains("an approval by"), "\(ended.told)")
    }

    @Test func whoPutsNoLabelOn() async throws {
        let ended = try await asked(["simulate", "--labeller", "carol"], try Self.facts())
        #expect(ended.status == 64 && ended.talk.contains("add `--label` or `--unlabel`"), "\(ended)")
        // Others' labels change nothing, and are not told.
        let other = try await asked(["explain", "tier", "--as", "bob"], try Self.facts())
        #expect(!other.output.contains("the label"), "\(other)")
    }

    /// As JSON one gate is told alone, too; what somebody can do is told in text.
    @Test func aGateAsJSON() async throws {
        let ended = try await asked(["explain", "sop", "--format", "json"], try Self.facts())
        #expect(ended.status == 1)
        #expect(ended.output.contains("\"name\" : \"sop\"") && !ended.output.contains("qa-review"))
        let refused = try await asked(["explain", "--as", "bob", "--format", "json"], try Self.facts())
        #expect(refused.status == 64 && refused.output.isEmpty && refused.talk.contains("`--as` is told in text alone"))
    }

    /// What was asked first: what becomes of the command that is supposed.
    @Test(arguments: [
        ("dave: /waive review because", "comment by dave: /waive review: the policy lets nobody waive this gate"),
        ("dave: /ack foo", "comment by dave: wrote a command: not understood: there is no `foo` here"),
        ("dave: /recheck", "comment by dave: /recheck: asked for"),
        ("dave: looks good", ""),
    ]) func whatBecomesOfACommand(_ comment: String, _ line: String) async throws {
        var facts = try Self.facts()
        facts.users["dave"] = .known(Account(id: 4, login: "dave"))
        let policy = "version: 1\nblock: none\ngates:\n  review: { require: qa, approvals: { committers: true } }\n"
        for hasComments in [true, false] {
            // A policy that no comment matters to does not ask for them.
            if !hasComments { (facts.comments, facts.timeline) = (nil, nil) }
            let ended = try await asked(["simulate", "--comment", comment], facts, policy: policy)
            let told = ended.output.split(separator: "\n", omittingEmptySubsequences: false)[1]
            #expect(line.isEmpty ? told.hasPrefix("countersign: ") : told.hasPrefix(line), "\(ended.output)")
        }
    }

    /// Whoever is asked about learns what became of every word of his, and why.
    @Test func whatSomebodySaid() async throws {
        var facts = try Self.facts()
        let said = ["/waive tier because", "/waive qa-review because", "/ack foo"]
        facts.comments = .known(
            said.enumerated().map { index, text in
                let at = Timestamp(seconds: 2000)
                return Comment(id: 30 + Int64(index), author: Self.bob, body: text, createdAt: at, updatedAt: at)
            })
        let ended = try await asked(["explain", "--as", "bob"], facts)
        #expect(ended.output.contains("    tier: comment #30: /waive tier: the policy lets nobody waive this gate\n"))
        #expect(
            ended.output.contains("    qa-review: comment #31: /waive qa-review: asks to waive it, but is not among"))
        #expect(ended.output.contains("    comment #32: wrote a command: not understood: there is no `foo` here"))
        let gate = try await asked(["explain", "tier", "--as", "bob"], facts)
        #expect(gate.output.contains("#30") && !gate.output.contains("#31") && !gate.output.contains("#32"))
    }

    /// A command from before the first push that the timeline shows: the service may have seen for which head it was.
    @Test func aCommandOfNoHead() async throws {
        var facts = try Self.facts()
        let at = Timestamp(seconds: 900)
        facts.comments = .known([
            Comment(id: 0, author: Self.carol, body: "/waive qa-review the fix", createdAt: at, updatedAt: at)
        ])
        try expectTold(try await asked(["explain"], facts).told, "explain-no-head")
    }

    /// Comments that object, and logins in the policy, are what a service remembers, too.
    @Test func whatTheServiceWouldKnow() async throws {
        let policy = """
            version: 1
            block: { by: leads, comments: ["*:-1:*"] }
            gates:
              review: { require: qa or @carol }

            """
        try expectTold(try await asked(["explain"], try Self.facts(), policy: policy).told, "explain-what-is-gone")
    }
}
