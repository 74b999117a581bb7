import Testing

@testable import GatePolicy

/// `block.comments`, `block.reviews` and `block.revoke`: asking for changes, and taking that back, in other ways.
@Suite struct ObjectionTests {
    private func gate(_ story: Story, _ block: String) throws -> GateVerdict {
        try story.gate(["require: leads", "block: { by: qa, \(block) }"])
    }

    private static let words = "comments: [\"*:-1:*\"]"

    @Test(arguments: [
        (":-1:", true), ("this is bad :-1:", true), ("> :-1:", false), ("`:-1:`", true), ("```\n:-1:\n```", false),
        ("fine", false),
    ])
    func words(_ text: String, _ blocks: Bool) throws {
        var story = Story()
        story.review(Story.erin)
        story.says(text, by: Story.bob)
        #expect(try gate(story, Self.words).outcome == (blocks ? .rejected : .approved))
    }

    @Test func whose() throws {
        var story = Story()
        story.review(Story.erin)
        story.says(":-1:", by: Story.dave)
        #expect(try gate(story, Self.words).comments.map(\.fate) == [.blockerNotAskedFor])
        story.says(":-1:", by: nil)
        story.says(":-1:", by: Story.service)
        story.says(":-1:", by: Story.carol, second: 50)
        #expect(try gate(story, Self.words).outcome == .approved)
        story.team("qa", nil)
        #expect(try gate(story, Self.words).outcome == .undecided)
    }

    @Test func itIsNamed() throws {
        var story = Story()
        story.says(":-1:", by: Story.bob)
        let verdict = try story.verdict(
            "version: 1\nblock: { by: qa, \(Self.words) }\ngates: { it: { require: leads } }")
        #expect(verdict.statusDescription.description == "changes requested by bob")
        #expect(verdict.gates[0].phrase(names: true) == "changes requested by bob")
        #expect(verdict.gates[0].steps.first == .withdraw(Story.bob))
        #expect(verdict.text.contains("comment #5001: bob asks for changes"))
    }

    /// The words of a review that decides nothing object, too.
    @Test func aReviewThatComments() throws {
        var story = Story()
        story.review(Story.bob, .comment, saying: "no :-1:")
        let gate = try gate(story, Self.words)
        #expect(gate.outcome == .rejected && gate.reviews.map(\.fate) == [.blocks])
        story.review(Story.bob)
        #expect(try self.gate(story, Self.words).outcome == .waiting)
    }

    @Test func whichReviews() throws {
        var story = Story()
        story.review(Story.erin)
        story.review(Story.bob, .requestChanges, saying: "nit")
        #expect(try gate(story, "reviews: \"*must*\"").outcome == .approved)
        #expect(try gate(story, "reviews: \"*must*\"").reviews.last?.fate == .blockerOtherWords)
        #expect(try gate(story, "reviews: false, \(Self.words)").outcome == .approved)
        story.review(Story.bob, .requestChanges, saying: "you must not")
        #expect(try gate(story, "reviews: \"*must*\"").outcome == .rejected)
    }

    /// Editing it away, or deleting it, does not end it, for others may do that; an edit that makes it object counts.
    @Test func whatWasSeenStands() throws {
        var story = Story()
        story.review(Story.erin)
        story.says(":-1:", by: Story.bob, isEdited: true)
        #expect(try gate(story, Self.words).outcome == .rejected)
        let policy = try Story.policy(
            "version: 1\nblock: { by: qa, \(Self.words) }\ngates: { it: { require: leads } }")
        let seen = policy.objections(story.facts)
        #expect(seen.map(\.comment) == [5001])
        story.facts.comments = .known([])
        #expect(policy.evaluate(story.facts).summary.outcome == .approved)
        story.facts.remembered = Remembered().looking(
            at: [], timeline: [], head: Story.head, objections: seen)
        #expect(policy.evaluate(story.facts).summary.outcome == .rejected)
        #expect(policy.objections(story.facts) == seen)
        // A policy that asks for other words does not hold what was said to the old ones.
        #expect(try gate(story, "comments: [no]").outcome == .approved)
        story.review(Story.bob, second: 4000)
        #expect(policy.evaluate(story.facts).summary.outcome == .approved)
    }

    @Test func itsAuthorsLaterApprovalEndsIt() throws {
        var story = Story()
        story.review(Story.bob, second: 2999)
        story.review(Story.erin)
        story.says(":-1:", by: Story.bob)
        #expect(try gate(story, Self.words).outcome == .rejected)
        story.review(Story.bob, second: 3000)
        #expect(try gate(story, Self.words).outcome == .rejected)
        story.review(Story.bob, second: 3001)
        #expect(try gate(story, Self.words).outcome == .approved)
    }

    @Test func itEndsWithTheHead() throws {
        var story = Story()
        story.review(Story.erin)
        story.says(":-1: ", by: Story.bob)
        #expect(try gate(story, "stale: exact-head, \(Self.words)").outcome == .rejected)
        story.facts.timeline = .known([
            TimelineEntry(
                id: 1, actor: Story.alice, at: Timestamp(seconds: 500),
                event: .push(commits: [Story.old], forced: false)),
            TimelineEntry(
                id: 9000, actor: Story.alice, at: Timestamp(seconds: 700),
                event: .push(commits: [Story.head], forced: false)),
        ])
        #expect(try gate(story, "stale: exact-head, \(Self.words)").outcome == .approved)
        #expect(try gate(story, Self.words).outcome == .rejected)
        story.facts.timeline = .known([])
        #expect(try gate(story, "stale: exact-head, \(Self.words)").outcome == .rejected)
        story.facts.timeline = .unknown(Story.unknown("what happened"))
        #expect(try gate(story, "stale: exact-head, \(Self.words)").outcome == .undecided)
    }

    /// The id of a comment tells when it was written, and not what was the head when it was edited.
    @Test func anEditObjectsToWhateverIsTheHead() throws {
        for isEdited in [false, true] {
            var story = Story()
            story.review(Story.erin)
            story.says(":-1:", by: Story.bob, isEdited: isEdited)
            story.happens(.push(commits: [Story.head], forced: false), by: Story.alice, second: 3002)
            story.facts.timeline = story.facts.timeline?.map { rows in
                rows.enumerated().map { index, row in
                    TimelineEntry(
                        id: index == 0 ? 1 : 9000, actor: row.actor, at: row.at,
                        event: .push(commits: [index == 0 ? Story.old : Story.head], forced: false))
                }
            }
            let rule = "stale: exact-head, \(Self.words)"
            let outcome: Outcome = isEdited ? .rejected : .approved
            #expect(try gate(story, rule).outcome == outcome)
            // And so it does for whoever remembers it, gone or not.
            let policy = try Story.policy(
                "version: 1\nblock: { by: qa, \(rule) }\ngates: { it: { require: leads } }")
            story.facts.remembered = Remembered().looking(
                at: [], timeline: [], head: Story.head, objections: policy.objections(story.facts))
            #expect(try gate(story, rule).outcome == outcome)
            story.facts.comments = .known([])
            #expect(try gate(story, rule).outcome == outcome)
        }
    }

    /// What objects once more since it was edited does so from then on, whoever remembers that it did before.
    @Test func anEditObjectsAnew() throws {
        var story = Story()
        story.review(Story.erin)
        story.says(":-1:", by: Story.bob)
        story.review(Story.bob, second: 3002)
        let policy = try Story.policy(
            "version: 1\nblock: { by: qa, \(Self.words) }\ngates: { it: { require: leads } }")
        func look() {
            story.facts.remembered = (story.facts.remembered ?? Remembered()).looking(
                at: [], timeline: [], head: Story.head, objections: policy.objections(story.facts))
        }
        func comment(_ text: String, editedAt second: Int64) {
            story.facts.comments = .known([
                Comment(
                    id: 5001, author: Story.bob, body: text, createdAt: Timestamp(seconds: 3000),
                    updatedAt: Timestamp(seconds: second))
            ])
        }
        look()
        #expect(policy.evaluate(story.facts).summary.outcome == .approved)
        comment("no, :-1:", editedAt: 3005)
        #expect(policy.evaluate(story.facts).summary.outcome == .rejected)
        look()
        #expect(story.facts.remembered?.objections.map(\.givenAt.seconds) == [3005], "one of each comment is kept")
        // Edited away by whomever it stands as it was said last.
        comment("fine", editedAt: 3006)
        look()
        #expect(policy.evaluate(story.facts).summary.outcome == .rejected)
        story.review(Story.bob, second: 3007)
        #expect(policy.evaluate(story.facts).summary.outcome == .approved)
    }

    /// Where no row tells the head, what a service saw does.
    @Test func itEndsWithTheHeadThatItWasSeenWith() throws {
        var story = Story()
        story.review(Story.erin)
        story.says(":-1:", by: Story.bob)
        story.facts.timeline = .known([])
        let rule = "stale: exact-head, \(Self.words)"
        #expect(try gate(story, rule).outcome == .rejected)
        for (head, outcome) in [(Story.old, Outcome.approved), (Story.head, .rejected)] {
            story.facts.remembered = Remembered(
                sightings: [.init(comment: 5001, head: head)], lastLook: .init(head: Story.head, comment: 5001))
            #expect(try gate(story, rule).outcome == outcome)
        }
    }

    /// A review keeps the id and the time of the draft that it was: what was approved meanwhile is older than it.
    @Test(arguments: [(nil, .approved), (1010, .approved), (1500, .rejected)] as [(Int64?, Outcome)])
    func aRequestThatWasADraft(_ submitted: Int64?, _ outcome: Outcome) throws {
        var story = Story()
        story.review(Story.bob, .requestChanges)
        story.review(Story.carol)
        story.review(Story.erin)
        var reviews = try #require(story.facts.reviews?.value)
        reviews[0].updatedAt = submitted.map { Timestamp(seconds: $0) }
        story.facts.reviews = .known(reviews)
        #expect(try gate(story, "revoke: {}").outcome == outcome)
    }

    /// With `revoke` each of the blockers takes back what others asked for; never the opener or a committer.
    @Test func revoking() throws {
        var story = Story()
        story.team("qa", [Story.alice, Story.bob, Story.carol, Story.dave])
        story.commit(by: Story.dave)
        story.review(Story.erin)
        story.review(Story.bob, .requestChanges)
        for account in [Story.alice, Story.dave, Story.erin] {
            var other = story
            other.review(account)
            other.says(":+1:", by: account)
            let gate = try gate(other, "revoke: { comments: [\"*:+1:*\"] }")
            #expect(gate.outcome == .rejected, "\(account.login)")
        }
        var other = story
        other.review(Story.carol, second: 4000)
        #expect(try gate(other, "revoke: {}").outcome == .approved)
        #expect(try gate(other, "revoke: {}").reviews[1].fate == .lifted(by: "carol", review: 13))
        #expect(try gate(other, "revoke: { reviews: \"*sorry*\" }").outcome == .rejected)
        #expect(try gate(other, "revoke: { reviews: false, comments: [x] }").outcome == .rejected)
        #expect(try gate(other, "stale: exact-head").outcome == .rejected)
        story.says("> :+1:", by: Story.carol)
        story.says(":+1:", by: Story.carol, isEdited: true)
        #expect(try gate(story, "revoke: { comments: [\"*:+1:*\"] }").outcome == .rejected)
        story.says(":+1:", by: Story.bob)
        let gate = try gate(story, "revoke: { comments: [\"*:+1:*\"] }")
        #expect(gate.outcome == .approved)
        #expect(gate.reviews[1].fate == .liftedByComment(by: "bob", comment: 5003))
        story.review(Story.bob, .requestChanges, second: 3002)
        #expect(try self.gate(story, "revoke: { comments: [\"*:+1:*\"] }").outcome == .rejected)
    }

    @Test func unreadableComments() throws {
        var story = Story()
        story.review(Story.erin)
        story.facts.comments = .unknown(Story.unknown("what the comments say"))
        #expect(try gate(story, "stale: exact-head").outcome == .approved)
        #expect(try gate(story, Self.words).outcome == .undecided)
        #expect(try gate(story, "revoke: { comments: [x] }").outcome == .approved)
        story.review(Story.bob, .requestChanges)
        #expect(try gate(story, "revoke: { comments: [x] }").outcome == .undecided)
        #expect(try gate(story, "stale: exact-head").outcome == .rejected)
    }

    /// Each of thousands that object is looked up among thousands that take it back, not compared with each.
    @Test(.timeLimit(.minutes(1))) func thousandsOfBoth() throws {
        var story = Story()
        story.review(Story.erin)
        let comments = (0..<4_000).map { number in
            let at = Timestamp(seconds: 3_000 + Int64(number))
            return Comment(
                id: 5_001 + Int64(number), author: number < 2_000 ? Story.bob : Story.dave,
                body: number < 2_000 ? ":-1:" : ":+1:", createdAt: at, updatedAt: at)
        }
        story.facts.comments = .known(comments)
        let gate = try gate(story, "\(Self.words), revoke: { comments: [\"*:+1:*\"] }")
        #expect(gate.outcome == .rejected)
        #expect(gate.comments.map(\.fate) == Array(repeating: .blocks, count: 2_000))
        story.facts.comments = .known(
            comments + [
                Comment(
                    id: 9_999, author: Story.carol, body: ":+1:", createdAt: Timestamp(seconds: 8_000),
                    updatedAt: Timestamp(seconds: 8_000))
            ])
        let lifted = try self.gate(story, "\(Self.words), revoke: { comments: [\"*:+1:*\"] }")
        #expect(
            lifted.comments.map(\.fate) == Array(repeating: .liftedByComment(by: "carol", comment: 9_999), count: 2_000)
        )
    }
}
