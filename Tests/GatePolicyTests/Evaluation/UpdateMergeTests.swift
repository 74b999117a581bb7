import Testing

@testable import GatePolicy

/// Who only brings the base up to date has written nothing; who slips something in has.
@Suite struct UpdateMergeTests {
    /// alice wrote a commit, bob merged `main` into the branch, bob approved the merge.
    private static func updated(secondParent: CommitID = Story.commit("e")) -> Story {
        var story = Story()
        story.facts.commits = .known([
            Commit(id: Story.head, author: Story.bob, committer: Story.bob, parents: [Story.old, secondParent]),
            Commit(id: Story.old, author: Story.alice, committer: Story.alice, parents: [Story.older]),
        ])
        story.happens(.push(commits: [Story.old], forced: false), by: Story.alice, second: 200)
        story.happens(.push(commits: [Story.head], forced: false), by: Story.bob, second: 300)
        story.change(Story.old, is: "1")
        story.change(Story.head, is: "1")
        story.review(Story.bob)
        return story
    }

    @Test func theSameChangeAfterTheMerge() throws {
        #expect(try Self.updated().outcome("qa") == .approved)
    }

    @Test func somethingSlippedIn() throws {
        var story = Self.updated()
        story.change(Story.head, is: "2")
        let gate = try story.gate(require: "qa")
        #expect(gate.outcome == .waiting)
        #expect(gate.reviews.map(\.fate) == [.committer])
    }

    @Test func aCommitThatIsGone() throws {
        var story = Self.updated()
        story.change(Story.old, is: nil)
        #expect(try story.outcome("qa") == .waiting)
    }

    @Test func aComparisonThatFailed() throws {
        var story = Self.updated()
        story.facts.effectiveChanges[.init(commit: Story.old, baseBranch: "main")] = .unknown(
            Story.unknown("what it changes"))
        #expect(try story.outcome("qa") == .undecided)
    }

    @Test func whatIsNotComparedYetIsANeed() throws {
        var story = Self.updated()
        story.facts.effectiveChanges = [:]
        let policy = try Story.policy("version: 1\ngates: { it: { require: qa } }")
        #expect(
            policy.needs(story.facts).isSuperset(of: [
                .effectiveChange(.init(commit: Story.old, baseBranch: "main")),
                .effectiveChange(.init(commit: Story.head, baseBranch: "main")),
            ]))
    }

    @Test func aMergeOfAnotherBranchIsWork() throws {
        // The second parent is in the pull request, so it is not the base's.
        var story = Self.updated(secondParent: Story.older)
        story.facts.commits = story.facts.commits.map { known in
            known.map { $0 + [Commit(id: Story.older, author: Story.dave, committer: Story.dave)] }
        }
        #expect(try story.outcome("qa") == .waiting)
    }

    @Test func anotherCommitOfTheSamePersonIsWork() throws {
        var story = Self.updated()
        story.happens(.push(commits: [Story.older], forced: false), by: Story.bob, second: 100)
        #expect(try story.outcome("qa") == .waiting)
    }

    @Test func aPushThatNamesNoCommitIsWork() throws {
        var story = Self.updated()
        story.happens(.push(commits: [], forced: false), by: Story.bob, second: 400)
        #expect(try story.outcome("qa") == .waiting)
    }
}
