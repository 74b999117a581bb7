import Testing

@testable import GatePolicy

/// `approvals.comments`: comments that approve as a review does.
@Suite struct CommentApprovalTests {
    private func gate(
        _ story: Story, comments: String = "[\"*LGTM*\"]", require: String = "qa", _ more: String = "stale: exact-head"
    ) throws -> GateVerdict {
        try story.gate(["require: '\(require)'", "block: none", "approvals: { comments: \(comments), \(more) }"])
    }

    /// What a comment of bob's, who is asked, comes to.
    @Test(arguments: [
        ("LGTM", true), ("- LGTM", true), ("It works.\n\nLGTM, thanks", true), ("  LGTM  ", true), ("lgtm", false),
        ("> LGTM", false), ("> is it LGTM?\nLGTM", false), ("> is it fine?\n\nLGTM", true), ("```\nLGTM\n```", false),
        ("    LGTM", false), ("<!-- LGTM -->", false), ("no", false), ("", false), ("```\nLGTM", false),
        ("/revoke it LGTM", false), ("/waive it LGTM", false), ("/ship LGTM", true), ("LGTM @alice", true),
        // Somebody who says what to write does not write it himself.
        ("use `LGTM` to approve", false), ("`LGTM`", false), ("say `make\nLGTM\n` now", false),
        ("``a ` LGTM``", false), ("~~LGTM~~", false), ("~~so `x` LGTM~~", false), ("~~LGTM\nor not~~", false),
        ("`make test` says LGTM", true), ("LGTM, it`s fine", true), ("a ~~ b LGTM ~~", true), ("~5 LGTM ~6", true),
        ("\\`LGTM\\`", true), ("LGTM ~~~~", true),
    ])
    func words(_ text: String, _ counts: Bool) throws {
        var story = Story()
        story.says(text, by: Story.bob)
        let gate = try gate(story)
        #expect(gate.outcome == (counts ? .approved : .waiting), "\(text)")
        #expect(gate.comments.map(\.fate) == (counts ? [.counts(for: ["qa"])] : []))
    }

    /// A glob is matched with all that is said, `re:` is searched in it.
    @Test(arguments: [
        ("LGTM", "[LGTM]", true), ("LGTM\n", "[LGTM]", true), ("LGTM!", "[LGTM]", false),
        ("no\nLGTM", "[LGTM]", false), ("no\nLGTM", "[\"re:^LGTM$\"]", false),
        ("no\nLGTM", "[\"re:(?m)^LGTM$\"]", true),
        ("approved by me", "[\"re:^approved\\\\b\"]", true), ("not approved", "[\"re:^approved\"]", false),
        // What is left out leaves a gap: the rest is not the whole.
        ("`never` approved", "[\"re:^approved\"]", false), ("LGTM ~~not~~", "[LGTM]", false),
        ("👍", "[\"*:+1:*\", \"*👍*\"]", true), (":+1: :+1:", "\"*:+1:*\"", true), ("[ok]", "[\"*\\\\[ok\\\\]*\"]", true),
    ])
    func patterns(_ text: String, _ comments: String, _ counts: Bool) throws {
        var story = Story()
        story.says(text, by: Story.bob)
        #expect(try gate(story, comments: comments).outcome == (counts ? .approved : .waiting))
    }

    /// Whose comment gives nothing, and why.
    @Test func whose() throws {
        var story = Story()
        story.team("qa", [Story.alice, Story.bob, Story.carol, Story.dave, Story.service])
        story.commit(by: Story.dave)
        story.says("LGTM", by: Story.alice)
        story.says("LGTM", by: Story.dave)
        story.says("LGTM", by: Story.service)
        story.says("LGTM", by: Story.erin)
        story.says("LGTM", by: nil)
        story.says("LGTM", by: Story.ghost)
        story.says("LGTM", by: Account(id: 2, login: "bob", isActive: false))
        story.says("LGTM", by: Story.carol, isEdited: true)
        story.says("LGTM", by: Story.carol, second: 50)
        let gate = try gate(story)
        #expect(gate.outcome == .waiting)
        #expect(
            gate.comments.map(\.fate) == [
                .author, .committer, .notAskedFor, .noAccount, .noAccount, .inactive, .edited, .migrated,
            ])
        #expect(!gate.lines(names: true).joined().contains("countersign-bot"))
    }

    @Test func theAuthorAndCommittersWhereTheyMay() throws {
        var story = Story()
        story.team("qa", [Story.alice, Story.dave])
        story.commit(by: Story.dave)
        story.says("LGTM", by: Story.alice)
        story.says("LGTM", by: Story.dave)
        let both = "stale: exact-head, author: true, committers: true"
        #expect(try gate(story, require: "2 of qa", both).outcome == .approved)
        #expect(try gate(story, require: "2 of qa", "author: true").outcome == .waiting)
    }

    /// A comment is for the head of the newest push before it, or for the one it names.
    @Test func itsHead() throws {
        var story = Story()
        story.happens(.push(commits: [Story.old], forced: false), by: Story.alice, second: 500)
        story.facts.timeline = .known([
            TimelineEntry(
                id: 5000, actor: Story.alice, at: Timestamp(seconds: 500),
                event: .push(commits: [Story.old], forced: false)),
            TimelineEntry(
                id: 5002, actor: Story.alice, at: Timestamp(seconds: 700),
                event: .push(commits: [Story.head], forced: false)),
        ])
        story.says("LGTM", by: Story.bob)
        #expect(try gate(story).comments.map(\.fate) == [.stale(since: Story.old)])
        #expect(try gate(story, "stale: keep").outcome == .approved)
        story.says("nothing", by: Story.carol)
        story.says("LGTM", by: Story.carol)
        #expect(try gate(story).outcome == .approved)
        let named = ["@\(Story.old.text)", "LGTM @\(Story.old.text.prefix(20)).", "@\(Story.old.text) LGTM"]
        for text in named {
            var other = story
            other.facts.comments = .known([])
            other.says("x", by: Story.bob)
            other.says("x", by: Story.bob)
            other.says("LGTM \(text)", by: Story.bob)
            #expect(try gate(other).comments.map(\.fate) == [.stale(since: Story.old)], "\(text)")
        }
        for (text, fate) in [
            ("@\(Story.head.text)", Fate.counts(for: ["qa"])), ("@aaaaaaaaaaaa", .unknownHead("aaaaaaaaaaaa")),
            ("@\(String(repeating: "d", count: 20))", .unknownHead(String(repeating: "d", count: 20))),
            ("@\(Story.head.text) @\(Story.old.text)", .noHead), ("@aaaaaaaaaaaa/team", .stale(since: Story.old)),
            ("bob@aaaaaaaaaaaa", .stale(since: Story.old)), ("@facade-bot", .stale(since: Story.old)),
        ] {
            var other = story
            other.facts.comments = .known([])
            other.says("LGTM \(text)", by: Story.bob)
            #expect(try gate(other).comments.map(\.fate) == [fate], "\(text)")
        }
    }

    @Test func aHeadThatNobodyCanTell() throws {
        var story = Story()
        story.happens(.labelAdded("x"), by: Story.bob, second: 800)
        story.facts.comments = .known([
            Comment(
                id: 7, author: Story.bob, body: "LGTM", createdAt: Timestamp(seconds: 900),
                updatedAt: Timestamp(seconds: 900))
        ])
        #expect(try gate(story, "stale: keep").comments.map(\.fate) == [.noHead])
        // A service saw that the head did not move while the comment was written.
        story.facts.remembered = Remembered(sightings: [.init(comment: 7, head: Story.head)])
        #expect(try gate(story).outcome == .approved)
    }

    /// A later request for changes or dismissed decision of the same person takes it away, by time.
    @Test(arguments: [
        (Review.State.requestChanges, false, Int64(3500), false), (.requestChanges, false, 3000, false),
        (.requestChanges, false, 2999, true), (.approved, true, 3500, false), (.approved, true, 2000, true),
        (.comment, false, 3500, true), (.requestChanges, true, 3500, false),
    ])
    func whatFalls(_ state: Review.State, _ isDismissed: Bool, _ second: Int64, _ stands: Bool) throws {
        var story = Story()
        story.says("LGTM", by: Story.bob)
        story.review(Story.bob, state, isDismissed: isDismissed, second: second)
        let gate = try gate(story)
        #expect(gate.outcome == (stands ? .approved : .waiting))
        if !stands { #expect(gate.comments.map(\.fate) == [.superseded(by: 11)]) }
        // Somebody else's changes nothing.
        var other = Story()
        other.says("LGTM", by: Story.bob)
        other.review(Story.carol, state, isDismissed: isDismissed, second: second)
        #expect(try self.gate(other).outcome == .approved)
    }

    /// A review has the time of the draft that it was: what counts is when it was submitted.
    @Test func aDraftThatIsSubmittedLaterFalls() throws {
        var story = Story()
        story.says("LGTM", by: Story.bob)
        story.review(Story.bob, .requestChanges, second: 2000)
        var reviews = try #require(story.facts.reviews?.value)
        reviews[0].updatedAt = Timestamp(seconds: 3500)
        story.facts.reviews = .known(reviews)
        #expect(try gate(story).comments.map(\.fate) == [.superseded(by: 11)])
    }

    /// Only a review ends a request for changes.
    @Test func itEndsNoRequestForChanges() throws {
        var story = Story()
        story.review(Story.bob, .requestChanges, second: 1000)
        story.says("LGTM", by: Story.bob)
        let gate = try story.gate(["require: qa", "block: qa", "approvals: { comments: [\"*LGTM*\"] }"])
        #expect(gate.outcome == .rejected)
    }

    @Test func aRevokeTakesItBack() throws {
        var story = Story()
        story.says("LGTM", by: Story.bob)
        story.says("/revoke it", by: Story.carol)
        #expect(try gate(story).outcome == .approved)
        story.says("/revoke it", by: Story.bob)
        let taken = try gate(story)
        #expect(taken.outcome == .waiting && taken.comments.map(\.fate) == [.revoked(comment: 5003)])
        let verdict = try story.verdict(
            "version: 1\ngates: { it: { require: qa, approvals: { comments: [\"*LGTM*\"] } }, other: { require: qa } }")
        #expect(verdict.commands.map(\.fate) == [.nothingToRevoke, .revoked])
        story.says("LGTM after all", by: Story.bob)
        #expect(try gate(story).outcome == .approved)
    }

    /// A part is no target: whoever leads to it is.
    @Test func aRevokeOfAGateReachesItsParts() throws {
        var story = Story()
        story.says("LGTM", by: Story.bob)
        let policy = """
            version: 1
            block: none
            approvals: { comments: ["*LGTM*"] }
            gates: { a: { require: gate("p") }, b: { require: qa } }
            parts: { p: { require: gate("q") }, q: { require: qa } }
            """
        #expect(try story.verdict(policy).gates.map(\.outcome) == [.approved, .approved])
        story.says("/revoke a", by: Story.bob)
        #expect(try story.verdict(policy).gates.map(\.outcome) == [.waiting, .approved])
    }

    /// What cannot be read may hold an approval: neither waiting nor approved is certain.
    @Test func unreadableComments() throws {
        var story = Story()
        story.facts.comments = .unknown(Story.unknown("what the comments say"))
        #expect(try gate(story).outcome == .undecided)
        #expect(try gate(story, require: "all of qa").outcome == .undecided)
        #expect(try story.gate(["require: 2 of qa", "distinct: true", "block: none"]).outcome == .waiting)
        let distinct = ["require: qa and leads", "distinct: true", "block: none", "approvals: { comments: [x] }"]
        #expect(try story.gate(distinct).outcome == .undecided)
        story.review(Story.bob)
        #expect(try gate(story).outcome == .approved)
        #expect(try gate(story, require: "2 of qa").outcome == .undecided)
        story.review(Story.erin)
        #expect(try story.gate(distinct).outcome == .approved)
        // What is rejected whatever the comments say is rejected.
        #expect(try story.gate(["require: never(\"no\")", "approvals: { comments: [x] }"]).outcome == .rejected)
        story.facts.comments = nil
        let policy = try Story.policy("version: 1\ngates: { it: { require: 2 of qa, approvals: { comments: [x] } } }")
        #expect(policy.needs(story.facts).contains(.comments))
        let plain = try Story.policy("version: 1\ngates: { it: { require: 2 of qa } }")
        #expect(!plain.needs(story.facts).contains(.comments))
    }

    /// One person, by a review and a comment, counts once.
    @Test func oncePerPerson() throws {
        var story = Story()
        story.review(Story.bob)
        story.says("LGTM", by: Story.bob)
        #expect(try gate(story, require: "2 of qa").outcome == .waiting)
        story.says("LGTM", by: Story.carol)
        #expect(try gate(story, require: "2 of qa").outcome == .approved)
    }

    /// Different people in two gates, by comments too.
    @Test func distinctPlaces() throws {
        var story = Story()
        story.says("LGTM", by: Story.carol)
        let policy = """
            version: 1
            block: none
            approvals: { comments: ["*LGTM*"], reviews: false }
            gates: { a: { require: qa }, b: { require: security } }
            distinct: [a, b]
            """
        #expect(try story.verdict(policy).gates.map(\.outcome) == [.approved, .waiting])
        story.says("LGTM", by: Story.dave)
        #expect(try story.verdict(policy).gates.map(\.outcome) == [.approved, .approved])
    }

    @Test func theFileThatGuardsItselfListensToReviewsAlone() throws {
        var story = Story()
        let (own, base) = (PolicyPath.inOrder[0], Story.commit("d"))
        story.facts.pullRequest.base = base
        story.facts.watchedFiles = .known(
            WatchedFiles(same: Set(PolicyPath.inOrder).subtracting([own]), different: [own]))
        story.facts.effectiveChanges[.init(commit: Story.head, baseBranch: "main")] = .known(
            EffectiveChange(entries: [.init(path: own.description, before: "100644 a", after: "100644 b")]))
        for path in PolicyPath.inOrder {
            story.facts.policyFiles[.init(path: path, commit: Story.head)] = .known(.valid(includes: []))
            story.facts.policyFiles[.init(path: path, commit: base)] = .known(.absent)
        }
        story.says("LGTM", by: Story.bob)
        let verdict = try story.verdict(
            "version: 1\napprovals: { comments: [\"*\"] }\npolicy: { require: qa }\ngates: { it: { require: qa } }")
        #expect(verdict.gates.map(\.outcome) == [.approved, .waiting])
    }
}
