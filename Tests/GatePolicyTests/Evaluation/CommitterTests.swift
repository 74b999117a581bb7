import Testing

@testable import GatePolicy

/// `approvals.committers: strict`: an address that no account has could be anybody's.
@Suite struct CommitterTests {
    static func outcome(_ story: Story, _ committers: String) throws -> Outcome {
        try story.gate(require: "qa", "    approvals: { committers: \(committers) }\n").outcome
    }

    @Test func anUnmappedAddress() throws {
        var story = Story()
        story.commit(by: nil)
        story.review(Story.bob)
        #expect(try Self.outcome(story, "false") == .approved)
        #expect(try Self.outcome(story, "strict") == .undecided)
        #expect(try Self.outcome(story, "true") == .approved)
        let gate = try story.gate(require: "qa", "    approvals: { committers: strict }\n")
        #expect(gate.unknowns.first?.subject == "who wrote `\(Story.head.short)`")
    }

    /// Whoever signs, nobody knows whether he wrote it: that is not nobody.
    @Test func whoCouldSign() throws {
        var story = Story()
        story.commit(by: nil)
        let gate = try story.gate(require: "qa", "    approvals: { committers: strict }\n")
        #expect(gate.steps == [.sign(count: 1, people: "qa", candidates: nil)])
    }

    @Test func everyAddressMapped() throws {
        var story = Story()
        story.commit(by: Story.alice)
        story.review(Story.bob)
        #expect(try Self.outcome(story, "strict") == .approved)
        // Who wrote one is certain, whoever wrote the other.
        var own = Story()
        own.commit(by: Story.bob)
        own.commit(by: nil)
        own.review(Story.bob)
        #expect(try Self.outcome(own, "strict") == .waiting)
    }

    @Test func aCommitterWithoutAnAccount() throws {
        var story = Story()
        story.facts.commits = .known([Commit(id: Story.head, author: Story.alice, committer: nil)])
        story.review(Story.bob)
        #expect(try Self.outcome(story, "strict") == .undecided)
        // With somebody to spare it is the same question for all of them.
        story.review(Story.carol)
        #expect(try Self.outcome(story, "strict") == .undecided)
    }

    /// A list without the head is another head's, or was cut: then nobody knows who wrote the head.
    @Test(arguments: [[], [Commit(id: Story.old, author: Story.alice, committer: Story.alice)]], ["false", "strict"])
    func aListWithoutTheHead(_ commits: [Commit], _ committers: String) throws {
        var story = Story()
        story.review(Story.bob)
        story.facts.commits = .known(commits)
        let gate = try story.gate(require: "qa", "    approvals: { committers: \(committers) }\n")
        #expect(gate.outcome == .undecided)
        #expect(gate.unknowns.map(\.subject) == ["which commits it has"])
        #expect(gate.unknowns.map(\.reason) == ["the list of them does not hold the head `aaaaaaaaaa`"])
    }

    /// Conditions about commits are not answered from it, either.
    @Test(arguments: ["commits < 3", "any_committer(qa)", "all_committers(qa)"])
    func aConditionWithoutTheHead(_ condition: String) throws {
        var story = Story()
        story.facts.commits = .known([])
        #expect(try story.mark(condition) == .unknown)
    }

    /// A head that its base has already brings no commit, so nobody wrote one.
    @Test func nothingOfItsOwn() throws {
        var story = Story()
        story.review(Story.bob)
        story.facts.commits = .known([])
        story.facts.pullRequest.mergeBase = Story.head
        #expect(try Self.outcome(story, "strict") == .approved)
    }

    @Test func itIsOneOfThreeWords() {
        let text = "version: 1\ngates:\n  it: { require: qa, approvals: { committers: maybe } }\n"
        #expect(PolicyReader.read(text, file: "countersign.yml", digest: "d").policy == nil)
    }
}
