import Testing

@testable import GatePolicy

/// Names that compare alike in Unicode and are two names to git and to the forge.
@Suite struct AlikeNameTests {
    static let composed = "caf\u{e9}"
    static let decomposed = "cafe\u{301}"

    @Test func changesOfPathsThatCompareAlikeDiffer() {
        let one = EffectiveChange(entries: [.init(path: Self.composed, before: nil, after: "1")])
        let other = EffectiveChange(entries: [.init(path: Self.decomposed, before: nil, after: "1")])
        #expect(one != other)
        #expect(one.entries.union(other.entries).count == 2)
        let key = EffectiveChange.Key(commit: Story.head, baseBranch: Self.composed)
        #expect(key != EffectiveChange.Key(commit: Story.head, baseBranch: Self.decomposed))
    }

    /// Bob approved for mallory's branch, whose name only looks like that of the base.
    @Test func anApprovalForABranchThatComparesAlikeDoesNotStand() throws {
        var story = Story()
        story.facts.pullRequest.baseBranch = Self.composed
        story.facts.protectedBranches[ExactText(Self.decomposed)] = .known(false)
        story.review(Story.bob, second: 1500)
        story.happens(.retarget(from: Self.decomposed, to: Self.composed), by: Story.alice, second: 2000)
        #expect(try story.gate(require: "qa").outcome == .waiting)
    }

    @Test func aBranchThatComparesLikeTheDefaultOneIsNotProtected() throws {
        var story = Story()
        story.facts.repository.defaultBranch = Self.composed
        story.facts.pullRequest.baseBranch = "main"
        story.facts.protectedBranches[ExactText(Self.decomposed)] = .known(false)
        story.change(Story.head, against: Self.decomposed, is: "1")
        story.change(Story.head, against: "main", is: "1")
        story.review(Story.bob, second: 1500)
        story.happens(.retarget(from: Self.decomposed, to: "main"), by: Story.alice, second: 2000)
        #expect(try story.gate(require: "qa").outcome == .waiting)
    }
}
