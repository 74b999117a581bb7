import Testing

@testable import GatePolicy

@Suite struct StalenessTests {
    private func outcome(_ story: Story, _ stale: String) throws -> Outcome {
        try story.gate(["require: qa", "block: none", "approvals: { stale: \(stale) }"]).outcome
    }

    @Test(arguments: [
        ("exact-head", "1", Outcome.waiting), ("exact-head", "2", .waiting), ("same-diff", "1", .approved),
        ("same-diff", "2", .waiting), ("keep", "1", .approved), ("keep", "2", .approved),
    ])
    func anOlderHead(_ stale: String, _ changeThen: String, _ expected: Outcome) throws {
        var story = Story()
        story.change(Story.old, is: changeThen)
        story.change(Story.head, is: "1")
        story.review(Story.bob, at: Story.old)
        #expect(try outcome(story, stale) == expected)
    }

    @Test(arguments: ["exact-head", "same-diff", "keep"])
    func thePresentHead(_ stale: String) throws {
        var story = Story()
        story.review(Story.bob)
        #expect(try outcome(story, stale) == .approved)
        // Nothing is compared for it.
        let policy = try Story.policy("version: 1\ngates: { it: { require: qa, approvals: { stale: \(stale) } } }")
        #expect(!policy.needs(story.facts).contains { if case .effectiveChange = $0 { true } else { false } })
    }

    @Test func aCommitThatIsGone() throws {
        var story = Story()
        story.change(Story.old, is: nil)
        story.change(Story.head, is: "1")
        story.review(Story.bob, at: Story.old)
        #expect(try outcome(story, "same-diff") == .waiting)
    }

    @Test func aComparisonThatFailed() throws {
        var story = Story()
        story.change(Story.head, is: "1")
        story.facts.effectiveChanges[.init(commit: Story.old, baseBranch: "main")] = .unknown(
            Story.unknown("what changed"))
        story.review(Story.bob, at: Story.old)
        #expect(try outcome(story, "same-diff") == .undecided)
        #expect(try outcome(story, "exact-head") == .waiting)
        #expect(try outcome(story, "keep") == .approved)
    }

    /// The base was `dev` when bob approved the very head; then alice made it `main`.
    @Test(arguments: [
        (true, "1", Outcome.approved), (true, "2", .waiting), (false, "1", .waiting), (false, "2", .waiting),
    ])
    func aRetargetIsAPush(_ isProtected: Bool, _ changeThen: String, _ expected: Outcome) throws {
        for stale in ["exact-head", "same-diff", "keep"] {
            var story = Story()
            story.facts.protectedBranches["dev"] = .known(isProtected)
            story.change(Story.head, against: "dev", is: changeThen)
            story.change(Story.head, against: "main", is: "1")
            story.review(Story.bob)
            story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1010)
            #expect(try outcome(story, stale) == expected, "\(stale)")
        }
    }

    @Test func aRetargetBeforeTheApproval() throws {
        var story = Story()
        story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1009)
        story.review(Story.bob)
        #expect(try outcome(story, "exact-head") == .approved)
    }

    /// Who may rewrite the old base could make any two changes look the same: nobody asks whether they do.
    @Test func anOldBaseThatIsNotProtected() throws {
        var story = Story()
        story.facts.protectedBranches["dev"] = .known(false)
        story.review(Story.bob)
        story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1011)
        let policy = try Story.policy("version: 1\nblock: none\ngates: { it: { require: qa } }")
        #expect(policy.evaluate(story.facts).gates[0].outcome == .waiting)
        #expect(policy.needs(story.facts, asksWhoCanSign: false).isEmpty)
    }

    @Test func aRetargetThatCannotBeJudged() throws {
        var story = Story()
        story.facts.protectedBranches["dev"] = .unknown(Story.unknown("whether `dev` is protected"))
        story.change(Story.head, against: "dev", is: "1")
        story.change(Story.head, against: "main", is: "1")
        story.review(Story.bob)
        story.happens(.retarget(from: "dev", to: "main"), by: Story.alice, second: 1011)
        #expect(try outcome(story, "same-diff") == .undecided)
        story.change(Story.head, against: "dev", is: "2")
        #expect(try outcome(story, "same-diff") == .waiting)
    }

    @Test func aTimelineThatCannotBeRead() throws {
        var story = Story()
        story.facts.timeline = .unknown(Story.unknown("what happened"))
        story.review(Story.bob)
        #expect(try outcome(story, "keep") == .undecided)
        // An older head stays one on every base.
        var older = Story()
        older.facts.timeline = .unknown(Story.unknown("what happened"))
        older.review(Story.bob, at: Story.old)
        #expect(try outcome(older, "exact-head") == .waiting)
    }

    /// After a forced push back to the head that was approved, the approval stands again.
    @Test func aForcedPush() throws {
        var story = Story()
        story.review(Story.bob)
        story.happens(.push(commits: [Story.head, Story.old], forced: true), by: Story.alice, second: 1100)
        story.happens(.push(commits: [Story.old, Story.head], forced: true), by: Story.alice, second: 1200)
        #expect(try outcome(story, "exact-head") == .approved)
    }
}
