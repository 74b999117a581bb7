import Testing

@testable import GatePolicy

@Suite struct BlockerTests {
    private func gate(_ story: Story, block: String = "qa | leads") throws -> GateVerdict {
        try story.gate(["require: security", "block: \(block)"])
    }

    private func blocked() -> Story {
        var story = Story()
        story.review(Story.dave)
        story.review(Story.bob, .requestChanges, at: Story.old)
        return story
    }

    @Test func itStandsOverPushesAndRetargets() throws {
        var story = blocked()
        story.happens(.push(commits: [Story.head], forced: true), by: Story.alice, second: 1500)
        story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1000)
        let gate = try gate(story)
        #expect(gate.outcome == .rejected)
        #expect(gate.reviews.last?.fate == .blocks)
        #expect(gate.steps.first == .withdraw(Story.bob))
        #expect(gate.statusDescription(names: false).description == "changes requested by bob")
    }

    /// A deactivated account does not count, whichever list says that it is.
    @Test(arguments: ["qa", "qa | leads", "(qa | leads) - @dave", "qa - leads"])
    func aDeactivatedAccountHoldsNothing(_ block: String) throws {
        var story = Story()
        story.review(Story.dave)
        story.review(Account(id: 2, login: "bob", isActive: false), .requestChanges)
        #expect(try gate(story, block: "\"\(block)\"").outcome == .approved)
        var listed = Story()
        listed.team("qa", [Account(id: 2, login: "bob", isActive: false), Story.carol])
        listed.review(Story.dave)
        listed.review(Story.bob, .requestChanges)
        #expect(try gate(listed, block: "\"\(block)\"").outcome == .approved)
    }

    @Test(arguments: [false, true], [Story.head, Story.older])
    func aLaterApprovalEndsIt(_ isDismissed: Bool, _ commit: CommitID) throws {
        var story = blocked()
        story.change(Story.older, is: "0")
        story.change(Story.head, is: "1")
        story.review(Story.bob, at: commit, isDismissed: isDismissed)
        #expect(try gate(story).outcome == .approved)
        #expect(try gate(story).reviews[1].fate == .withdrawn(by: 13))
    }

    @Test(arguments: [
        (Review.State.comment, Story.head as CommitID?, Int64(1200)), (.pending, Story.head, 1200),
        (.approved, nil, 1200),
        (.approved, Story.head, 20), (.other("APPROVE"), Story.head, 1200),
    ])
    func whatEndsNothing(_ state: Review.State, _ commit: CommitID?, _ second: Int64) throws {
        var story = blocked()
        story.review(Story.bob, state, at: commit, second: second)
        #expect(try gate(story).outcome == .rejected)
    }

    @Test func anotherOneAfterwards() throws {
        var story = blocked()
        story.review(Story.bob)
        story.review(Story.bob, .requestChanges)
        let gate = try gate(story)
        #expect(gate.outcome == .rejected)
        #expect(
            gate.reviews.map(\.fate) == [.counts(for: ["security"]), .withdrawn(by: 13), .superseded(by: 14), .blocks])
    }

    @Test func somebodyElsesApprovalEndsNothing() throws {
        var story = blocked()
        story.review(Story.carol)
        #expect(try gate(story).outcome == .rejected)
    }

    @Test func dismissed() throws {
        var story = Story()
        story.review(Story.dave)
        story.review(Story.bob, .requestChanges, isDismissed: true)
        #expect(try gate(story).outcome == .approved)
        #expect(try gate(story).reviews.last?.fate == .dismissed)
    }

    @Test func nobodyBlocks() throws {
        #expect(try gate(blocked(), block: "none").outcome == .approved)
        #expect(try gate(blocked(), block: "none").reviews.last?.fate == .blockerNotAskedFor)
        #expect(try gate(blocked(), block: "leads").reviews.last?.fate == .blockerNotAskedFor)
    }

    @Test(arguments: [nil, Story.ghost])
    func nobodysRequest(_ account: Account?) throws {
        var story = Story()
        story.review(Story.dave)
        story.review(account, .requestChanges)
        #expect(try gate(story).outcome == .approved)
        #expect(try gate(story).reviews.last?.fate == .noAccount)
    }

    @Test func committersMayBlock() throws {
        var story = blocked()
        story.commit(by: Story.bob)
        #expect(try gate(story).outcome == .rejected)
    }

    @Test func itEndsWithTheHead() throws {
        let block = "{ by: qa, stale: exact-head }"
        #expect(try gate(blocked(), block: block).outcome == .approved)
        #expect(try gate(blocked(), block: block).reviews.last?.fate == .endedWithHead)
        var story = blocked()
        story.review(Story.bob, .requestChanges)
        #expect(try gate(story, block: block).outcome == .rejected)
    }

    /// For which head it was given is not known: it may be the present one.
    @Test(arguments: ["qa", "{ by: qa, stale: exact-head }"])
    func withoutACommitItStands(_ block: String) throws {
        var story = Story()
        story.review(Story.dave)
        story.review(Story.bob, .requestChanges, at: nil)
        #expect(try gate(story, block: block).outcome == .rejected)
        #expect(try gate(story, block: block).reviews.last?.fate == .blocks)
        story.review(Story.bob)
        #expect(try gate(story, block: block).outcome == .approved)
    }

    @Test func aWriterThatIsUnknown() throws {
        var story = blocked()
        story.facts.writers = RightHolders(
            proven: [], possible: nil, unknown: Story.unknown("who may write the code"))
        let verdict = try story.verdict("version: 1\ngates: { it: { require: security } }")
        #expect(verdict.gates[0].outcome == .undecided)
        #expect(verdict.summary.outcome == .undecided)
        #expect(verdict.gates[0].reviews.last?.fate == .blockUnknowable([Story.unknown("who may write the code")]))
        // Known to be outside: no.
        story.facts.writers = Story.holders([Story.dave])
        #expect(try story.verdict("version: 1\ngates: { it: { require: security } }").summary.outcome == .approved)
    }

    @Test func theSummaryIsHeldByTheFilesBlockers() throws {
        var story = blocked()
        story.review(Story.bob, .requestChanges)
        let verdict = try story.verdict("version: 1\nblock: qa\ngates: { it: { require: security, block: none } }")
        #expect(verdict.gates[0].outcome == .approved)
        #expect(verdict.summary.outcome == .rejected)
        #expect(verdict.summary.blockedBy == [Story.bob])
        #expect(verdict.statusDescription.description == "changes requested by bob")
    }
}
