import Testing

@testable import GatePolicy

@Suite struct PersonTests {
    @Test func author() throws {
        var story = Story()
        #expect(try story.mark("author(@alice)") == .met)
        #expect(try story.mark("author(qa)") == .unmet)
        story.hide("qa")
        #expect(try story.mark("author(qa)") == .unknown)
    }

    /// Whoever deletes his account gets himself out of nothing, and into nothing.
    @Test(arguments: [nil, Story.ghost] as [Account?])
    func anOpenerWhoIsGone(_ opener: Account?) throws {
        var story = Story()
        story.facts.pullRequest.author = opener
        let gate = try story.gate(["when: 'author(qa)'", "require: leads", "block: none"])
        #expect(gate.outcome == .undecided)
        #expect(gate.unknowns.first?.cause == .notTold)
        #expect(gate.unknowns.first?.cure.contains("not author(") == true)
        #expect(try story.mark("not author(qa)") == .met)
        #expect(try story.mark("author(qa)", helps: true) == .unmet)
        story.review(Story.erin)
        #expect(try story.gate(["when: 'author(qa)'", "require: leads", "block: none"]).outcome.status == .success)
        story.facts.pullRequest.author = Story.actions
        #expect(try story.mark("author(qa)") == .unmet)
    }

    /// Where more people only ask for more, a deactivated account is in the teams that list it.
    @Test func anOpenerWhoIsDeactivated() throws {
        var story = Story()
        let bob = Account(id: Story.bob.id, login: "bob", isActive: false)
        story.facts.pullRequest.author = bob
        story.team("qa", [bob, Story.carol])
        story.team("leads", [Story.erin, bob])
        #expect(try story.mark("author(qa)") == .met)
        #expect(try story.mark("author(@bob)") == .met)
        #expect(try story.mark("author(qa - leads)") == .unmet)
        #expect(try story.mark("author(security)") == .unmet)
        #expect(try story.mark("not author(qa)") == .met)
        #expect(try story.mark("author(qa)", helps: true) == .unmet)
        story.facts.pullRequest.author = Story.alice
        story.commit(by: bob)
        #expect(try story.mark("any_committer(qa)") == .met)
        #expect(try story.mark("any_committer(qa)", helps: true) == .unmet)
    }

    /// Names in commits may disqualify, but never qualify: where it helps, all three must be in.
    @Test func anyCommitter() throws {
        var story = Story()
        story.commit(by: Story.bob)
        #expect(try story.mark("any_committer(qa)") == .met)
        #expect(try story.mark("any_committer(qa)", helps: true) == .unmet)
        story.happens(.push(commits: [Story.head], forced: false), by: Story.bob, second: 900)
        #expect(try story.mark("any_committer(qa)", helps: true) == .met)
    }

    /// A later forced push that names a commit as the head it replaces did not bring it.
    @Test func whoPushedFirst() throws {
        var story = Story()
        story.commit(by: Story.bob)
        story.happens(.push(commits: [Story.head], forced: false), by: Story.alice, second: 900)
        story.happens(.push(commits: [Story.head, Story.old], forced: true), by: Story.bob, second: 901)
        #expect(try story.mark("any_committer(qa)", helps: true) == .unmet)
        var gone = Story()
        gone.commit(by: Story.bob)
        gone.happens(.push(commits: [Story.head], forced: false), by: nil, second: 900)
        gone.happens(.push(commits: [Story.head, Story.old], forced: true), by: Story.bob, second: 901)
        #expect(try gone.mark("all_committers(qa)", helps: true) == .unmet)
    }

    @Test func allCommitters() throws {
        var nothing = Story()
        nothing.facts.commits = .known([])
        nothing.facts.pullRequest.mergeBase = Story.head
        #expect(try nothing.mark("all_committers(qa)") == .unmet)
        var story = Story()
        story.commit(by: Story.bob, committer: Story.carol)
        #expect(try story.mark("all_committers(qa)") == .met)
        // An address that nobody has gets nobody out of it where it asks for more.
        story.commit(by: nil)
        #expect(try story.mark("all_committers(qa)") == .met)
        #expect(try story.mark("all_committers(qa)", helps: true) == .unmet)
        story.commit(by: Story.dave)
        #expect(try story.mark("all_committers(qa)") == .unmet)
        story.facts.timeline = .unknown(Story.unknown("what happened"))
        #expect(try story.mark("all_committers(qa)") == .unknown)
    }
}
