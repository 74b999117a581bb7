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

    /// A waiver that takes several counts down as approvals do, until nothing is left to say.
    @Test func whoElseMustWaive() async throws {
        let policy = """
            version: 1
            block: none
            gates:
              pair: { require: leads, waive: { by: "@dave and 2 of qa" } }

            """
        var facts = try Self.facts()
        let dave = Account(id: 4, login: "dave")
        facts.users["dave"] = .known(dave)
        let erin = Account(id: 5, login: "erin")
        facts.teamMembers[101] = .known(TeamMembers(listed: [Self.bob, erin]))
        func waived(by people: Account...) async throws -> Desk.Ended {
            facts.comments = .known(
                people.enumerated().map { index, person in
                    let at = Timestamp(seconds: 2000)
                    return Comment(
                        id: 30 + Int64(index), author: person, body: "/waive pair the fix", createdAt: at, updatedAt: at
                    )
                })
            return try await asked(["explain"], facts, policy: policy)
        }
        let nobody = try await waived()
        #expect(
            nobody.output.contains("    or: `/waive pair REASON` in a comment, by @dave and 2 of qa\n"), "\(nobody)")
        let one = try await waived(by: dave)
        #expect(one.output.contains("    or: `/waive pair REASON` in a comment, by 2 more of qa\n"), "\(one)")
        #expect(one.output.contains("    waiver: dave waives it, and others must, too\n"), "\(one)")
        let two = try await waived(by: dave, Self.bob)
        #expect(two.output.contains("    or: `/waive pair REASON` in a comment, by 1 more of qa\n"), "\(two)")
        let other = try await waived(by: Self.bob)
        #expect(other.output.contains("in a comment, by 1 more of @dave and 1 more of qa\n"), "\(other)")
        // Whose waiver counts for nothing takes nothing off what is asked for.
        let stranger = try await waived(by: Self.carol)
        #expect(stranger.output.contains("in a comment, by @dave and 2 of qa\n"), "\(stranger)")
        let all = try await waived(by: dave, Self.bob, erin)
        #expect(all.status == 0 && !all.output.contains("    or: "), "\(all)")
        _ = try await waived(by: dave)
        let more = try await asked(["explain", "--as", "bob"], facts, policy: policy)
        #expect(
            more.output.contains(
                "pair: `/waive pair REASON` by bob counts, and then 1 more of qa must waive it, too\n"), "\(more)")
    }

    /// Its comments are never commands, and why is told of each that it could write.
    @Test func whatTheServiceAccountCannotDo() async throws {
        var facts = try Self.facts()
        facts.pullRequest.body = "Testing: by hand"
        let service = Account(id: 8, login: "svc")
        facts.serviceAccount = service
        facts.teamMembers[101] = .known(TeamMembers(listed: [Self.bob, service]))
        let policy = Self.policy + "  spoken: { require: qa, approvals: { reviews: false, comments: [\"*LGTM*\"] } }\n"
        let ended = try await asked(["explain", "--as", "svc"], facts, policy: policy)
        let why =
            "would change nothing: svc posts these statuses, and nothing in its comments is a command or an approval"
        #expect(ended.output.contains("    sop: `/ack testing` in a comment by svc \(why)\n"), "\(ended.output)")
        #expect(ended.output.contains("    spoken: a comment `LGTM` by svc \(why)\n"), "\(ended.output)")
    }

    /// What is supposed and is so already, or cannot be, is said to change nothing.
    @Test(arguments: [
        (
            ["--unlabel", "risk", "--labeller", "carol"],
            "`risk` is not on the pull request: taking it off changes nothing"
        ),
        (
            ["--label", "Here", "--labeller", "carol"],
            "`Here` is on the pull request already: putting it on changes nothing"
        ),
        (["--dismiss", "carol"], "carol has made no decision that could be dismissed: nothing changes"),
        (["--dismiss", "bob"], "bob has made no decision that could be dismissed: nothing changes"),
        (["--title", "Add one"], "the title is that already: nothing changes"),
        (["--body", ""], "the description is that already: nothing changes"),
        (["--unlabel", "here", "--labeller", "carol", "--unlabel", "here"], "`here` is not on the pull request"),
        (["--label", "new", "--labeller", "carol"], nil), (["--unlabel", "HERE", "--labeller", "carol"], nil),
        (["--dismiss", "dave"], nil), (["--title", "Add two"], nil),
    ])
    func whatIsSupposedInVain(_ flags: [String], _ told: String?) async throws {
        var facts = try Self.facts()
        facts.pullRequest.labels = ["here"]
        let dave = Account(id: 4, login: "dave")
        let words: [(Account, Review.State, Bool)] = [
            (Self.bob, .comment, false), (Self.bob, .approved, true), (dave, .approved, false),
        ]
        facts.reviews = .known(
            words.enumerated().map { index, word in
                var review = Review(
                    id: 20 + Int64(index), author: word.0, state: word.1, commit: facts.pullRequest.head,
                    submittedAt: Timestamp(seconds: 2000))
                review.isDismissed = word.2
                return review
            })
        let ended = try await asked(["simulate"] + flags, facts)
        if let told {
            #expect(ended.talk.contains(told), "\(ended.told)")
        } else {
            #expect(!ended.talk.contains("nothing changes") && !ended.talk.contains("changes nothing"), "\(ended.told)")
        }
    }

    /// The forge writes no row where a label is put on that is there, so nobody new has put it on.
    @Test func aLabelThatIsThereKeepsWhoPutItOn() async throws {
        let facts = try Self.facts().supposing([.label("trivial", by: Self.alice)])
        #expect(facts.supposing([.label("Trivial", by: Self.carol)]) == facts)
        #expect(try Self.facts().supposing([.unlabel("trivial", by: Self.carol)]) == Self.facts())
    }

    /// A waiver or an answer of what the policy does not have is passed over by it, and never in silence.
    @Test(arguments: ["explain", "simulate"]) func factsOfAnotherPolicy(_ command: String) async throws {
        var facts = try Self.facts()
        func waiver(_ gate: String) -> Waiver {
            Waiver(
                gate: gate, author: Self.carol, reason: "the fix", commit: facts.pullRequest.head,
                givenAt: Timestamp(seconds: 2000))
        }
        facts.waivers = ["qa-reviw", "tier", "qa-review", "nope"].map(waiver)
        facts.answersSeen = [
            AnswerSighting(comment: 3, item: "testin", digest: ""),
            AnswerSighting(comment: 3, item: "testing", digest: ""),
        ]
        let ended = try await asked([command], facts)
        #expect(
            ended.talk == """
                facts.json: the policy has no gate `qa-reviw`, so its waiver counts for nothing; did you mean `qa-review`?
                facts.json: the policy lets nobody waive `tier`, so its waiver counts for nothing
                facts.json: the policy has no gate `nope`, so its waiver counts for nothing; its gates are `qa-review`, \
                `tier`, `freeze` and `sop`
                facts.json: the policy has no item `testin`, so what was seen of its answer counts for nothing; did you mean \
                `testing`?

                """, "\(ended.talk)")
    }
}
