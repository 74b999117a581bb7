import Testing

@testable import GatePolicy

@Suite struct ReviewTests {
    private func fates(_ story: Story, require: String = "qa") throws -> [Fate] {
        try story.gate(["require: '\(require)'", "block: qa"]).reviews.map(\.fate)
    }

    @Test func whatAnApprovalComesTo() throws {
        var story = Story()
        story.team("qa", [Story.alice, Story.bob, Story.carol, Story.service])
        story.commit(by: Story.carol)
        story.review(Story.alice)
        story.review(Story.carol)
        story.review(Story.service)
        story.review(Account(id: 2, login: "bob", isActive: false))
        story.review(Story.dave)
        story.review(nil)
        story.review(Story.ghost)
        story.review(Story.bob, at: nil)
        story.review(Story.bob, second: 50)
        story.review(Story.bob, .comment)
        story.review(Story.bob, .requestReview)
        story.review(Story.bob, .pending)
        story.review(Story.bob, .other("CHANGES_REQUESTED"))
        story.review(Story.bob)
        #expect(
            try fates(story) == [
                .author, .committer, .serviceAccount, .inactive, .notAskedFor, .noAccount, .noAccount, .noCommit,
                .migrated, .comment, .comment, .draft, .unknownState("CHANGES_REQUESTED"), .counts(for: ["qa"]),
            ])
        #expect(try story.gate(require: "qa").outcome == .approved)
    }

    @Test func committersThreeWays() throws {
        for way in 0..<3 {
            var story = Story()
            switch way {
            case 0: story.commit(by: Story.bob, committer: Story.alice)
            case 1: story.commit(by: Story.alice, committer: Story.bob)
            default: story.happens(.push(commits: [Story.old], forced: true), by: Story.bob, second: 900)
            }
            story.review(Story.bob)
            #expect(try fates(story) == [.committer])
            #expect(
                try story.gate(["require: qa", "block: none", "approvals: { committers: true }"]).outcome == .approved)
        }
    }

    @Test func theOpenersOwnWhereThePolicySaysSo() throws {
        var story = Story()
        story.review(Story.alice)
        #expect(try story.outcome("@alice") == .waiting)
        #expect(
            try story.gate(["require: '@alice'", "block: none", "approvals: { author: true }"]).outcome == .approved)
    }

    @Test(arguments: [
        // Earlier first: state, dismissed → what came of the approval before it.
        (Review.State.requestChanges, false, Fate.superseded(by: 12)), (.requestChanges, true, .superseded(by: 12)),
        (.approved, true, .superseded(by: 12)), (.approved, false, .counts(for: ["qa"])),
        (.comment, false, .counts(for: ["qa"])), (.comment, true, .counts(for: ["qa"])),
        (.pending, false, .counts(for: ["qa"])), (.other("X"), true, .counts(for: ["qa"])),
    ])
    func whatALaterRowTakesAway(_ state: Review.State, _ isDismissed: Bool, _ fate: Fate) throws {
        var story = Story()
        story.review(Story.bob)
        story.review(Story.bob, state, isDismissed: isDismissed)
        #expect(try fates(story).first == fate)
    }

    /// Rows of nobody or older than the repository are set aside before anything else.
    @Test func invalidRowsHideNothing() throws {
        var story = Story()
        story.review(Story.bob)
        story.review(Story.bob, .requestChanges, second: 10)
        story.review(nil, .requestChanges)
        #expect(try fates(story) == [.counts(for: ["qa"]), .migrated, .noAccount])
        #expect(try story.gate(["require: qa", "block: qa"]).outcome == .approved)
    }

    /// What names no commit gives nothing, and takes away as if it did.
    @Test(arguments: [(Review.State.requestChanges, false, Fate.blocks), (.approved, true, .noCommit)])
    func aDecisionWithoutACommitTakesAway(_ state: Review.State, _ isDismissed: Bool, _ fate: Fate) throws {
        var story = Story()
        story.review(Story.bob)
        story.review(Story.bob, state, at: nil, isDismissed: isDismissed)
        #expect(try fates(story) == [.superseded(by: 12), fate])
        #expect(try story.gate(["require: qa", "block: none"]).outcome == .waiting)
    }

    @Test func anApprovalAfterAStaleOneCounts() throws {
        var story = Story()
        story.change(Story.old, is: "1")
        story.change(Story.head, is: "2")
        story.review(Story.bob, at: Story.old)
        story.review(Story.bob)
        #expect(try fates(story) == [.stale(since: Story.old), .counts(for: ["qa"])])
        // And the other way round: an old commit named later takes nothing away.
        var other = Story()
        other.change(Story.old, is: "1")
        other.change(Story.head, is: "2")
        other.review(Story.bob)
        other.review(Story.bob, at: Story.old)
        #expect(try other.outcome("qa") == .approved)
    }

    @Test func whatCannotBeKnown() throws {
        var story = Story()
        story.hide("qa")
        story.review(Story.bob)
        #expect(try fates(story) == [.unknowable([Story.unknown("who is in team `qa` of `acme`")])])
        // Certain for one set is enough.
        #expect(try fates(story, require: "qa or @bob") == [.counts(for: ["@bob"])])
    }

    @Test func aCommitterThatCannotBeKnown() throws {
        var story = Story()
        let unknown = Story.unknown("which commits it has")
        story.facts.commits = .unknown(unknown)
        story.review(Story.bob)
        story.review(Story.dave)
        #expect(try fates(story) == [.unknowable([unknown]), .notAskedFor])
        story.happens(.push(commits: [Story.head], forced: false), by: Story.bob, second: 900)
        // What he pushed may be no more than a merge of the base.
        #expect(try fates(story).first == .unknowable([unknown]))
    }

    @Test func draftsAreNobodys() throws {
        var story = Story()
        story.review(Story.bob, .pending)
        let verdict = try story.verdict("version: 1\ngates: { it: { require: leads } }")
        #expect(verdict.gates[0].reviews[0].account == nil)
        #expect(!verdict.text.contains("bob"))
    }
}
