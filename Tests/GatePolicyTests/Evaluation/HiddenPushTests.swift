import Testing

@testable import GatePolicy

/// Who pushed while a pull request was closed: no row of the timeline says it, so nobody is proven not to have.
@Suite struct HiddenPushTests {
    /// Two commits that bear alice's name: the first one was there when it was opened, the head came later.
    private static var story: Story {
        var story = Story()
        story.facts.commits = .known([
            Commit(id: Story.head, author: Story.alice, committer: Story.alice, parents: [Story.old]),
            Commit(id: Story.old, author: Story.alice, committer: Story.alice, parents: [Story.older]),
        ])
        story.happens(.push(commits: [Story.old], forced: false), by: Story.alice, second: 200)
        story.review(Story.bob)
        return story
    }

    @Test func aHeadThatNoRowNames() throws {
        #expect(try Self.story.outcome("qa") == .undecided)
        var told = Self.story
        told.happens(.push(commits: [Story.head], forced: false), by: Story.alice, second: 300)
        #expect(try told.outcome("qa") == .approved)
    }

    @Test func withoutAnyRowNothingIsHidden() throws {
        var story = Self.story
        story.facts.timeline = .known([])
        #expect(try story.outcome("qa") == .approved)
    }

    /// Somebody pushes while it is closed, and another one on top of it when it is open again.
    @Test func aCommitBelowOneThatIsTold() throws {
        var story = Self.story
        let hidden = Story.commit("d")
        story.facts.commits = .known([
            Commit(id: Story.head, author: Story.alice, committer: Story.alice, parents: [hidden]),
            Commit(id: hidden, author: Story.alice, committer: Story.alice, parents: [Story.old]),
            Commit(id: Story.old, author: Story.alice, committer: Story.alice, parents: [Story.older]),
        ])
        story.happens(.closed, by: Story.bob, second: 250)
        story.happens(.reopened, by: Story.bob, second: 260)
        var forced = story
        story.happens(.push(commits: [Story.head], forced: false), by: Story.alice, second: 300)
        let gate = try story.gate(require: "qa")
        #expect(gate.outcome == .undecided)
        #expect(gate.unknowns.map(\.subject) == ["who pushed `\(hidden.short)`"])
        // The cure: whoever pushes all of it anew has brought it.
        forced.happens(.push(commits: [hidden, Story.head], forced: true), by: Story.alice, second: 300)
        #expect(try forced.outcome("qa") == .approved)
    }

    /// Closed and opened again without a push: what a row before that brought is told.
    @Test func nothingCameWhileItWasClosed() throws {
        var story = Self.story
        story.happens(.push(commits: [Story.commit("d"), Story.head], forced: true), by: Story.alice, second: 210)
        story.happens(.closed, by: Story.bob, second: 250)
        story.happens(.reopened, by: Story.bob, second: 260)
        #expect(try story.outcome("qa") == .approved)
    }

    /// What is asked of somebody's pushes is asked where nobody knows whose they are.
    @Test func aConditionOnWhoeverPushed() throws {
        #expect(try Self.story.mark("any_committer(security)") == .unknown)
        #expect(try Self.story.mark("any_committer(security)", helps: true) == .unmet)
    }

    @Test func whoPushedForTheRuleIsNotAsked() throws {
        let gate = try Self.story.gate(["require: qa", "approvals: { committers: true }"])
        #expect(gate.outcome == .approved)
    }

    /// A word from when it was closed, or from after it, is for no head until a push is told.
    @Test func aCommentIsForNoHead() throws {
        for (event, counts) in [(nil, true), (TimelineEntry.Event.closed, false), (.reopened, false)] {
            var story = Story()
            story.happens(.push(commits: [Story.head], forced: false), by: Story.alice, second: 200)
            if let event { story.happens(event, by: Story.alice, second: 250) }
            story.says("LGTM", by: Story.bob, second: 300)
            let gate = try story.gate(["require: qa", "approvals: { comments: [LGTM] }"])
            #expect(gate.outcome == (counts ? .approved : .waiting), "\(String(describing: event))")
            if !counts { #expect(gate.comments.map(\.fate) == [.noHead]) }
        }
    }
}
