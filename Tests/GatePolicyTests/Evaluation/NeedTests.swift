import Testing

@testable import GatePolicy

@Suite struct NeedTests {
    private func bare() -> Facts {
        let story = Story()
        return Facts(
            now: story.facts.now, repository: story.facts.repository, pullRequest: story.facts.pullRequest,
            serviceAccount: Story.service)
    }

    private func needs(_ text: String, _ facts: Facts, asks: Bool = false) throws -> Set<Need> {
        try Story.policy("version: 1\nblock: none\n\(text)").needs(facts, asksWhoCanSign: asks)
    }

    @Test func theFirstRound() throws {
        let needs = try needs("gates: { a: { require: qa } }", bare())
        #expect(needs == [.directory("acme"), .reviews, .commits, .timeline, .watchedFiles(Set(PolicyPath.inOrder))])
    }

    @Test func withoutApprovalsNoTeamIsAskedFor() throws {
        var facts = Story().facts
        facts.teamMembers = [:]
        facts.commits = nil
        for policy in ["gates: { a: { require: 2 of qa } }", "gates: { a: { require: all of qa } }"] {
            #expect(try needs(policy, facts).isEmpty)
            #expect(
                try needs(policy, facts, asks: true).contains(
                    .teamMembers(id: 101, reference: .init(organization: "acme", name: "qa"))))
        }
    }

    @Test func nothingForAGateThatDoesNotApply() throws {
        var facts = Story().facts
        facts.reviews = nil
        facts.commits = nil
        facts.timeline = nil
        facts.teamMembers = [:]
        #expect(try needs("gates: { a: { when: fork, require: 'qa and files < 3' } }", facts, asks: true).isEmpty)
    }

    @Test func onlyTheTeamsThatMatter() throws {
        var story = Story()
        story.review(Story.bob)
        story.facts.teamMembers = [:]
        let needs = try needs("gates: { a: { require: qa }, b: { when: fork, require: leads } }", story.facts)
        #expect(needs == [.teamMembers(id: 101, reference: .init(organization: "acme", name: "qa"))])
    }

    @Test func comparisonsOnlyForOlderHeads() throws {
        var story = Story()
        story.review(Story.bob, at: Story.old)
        let keys = [Story.old, Story.head].map { EffectiveChange.Key(commit: $0, baseBranch: "main") }
        #expect(try needs("gates: { a: { require: qa } }", story.facts) == Set(keys.map(Need.effectiveChange)))
        #expect(try needs("gates: { a: { require: qa, approvals: { stale: exact-head } } }", story.facts).isEmpty)
    }

    @Test func anUnknownIsNotAskedForAgain() throws {
        var story = Story()
        story.hide("qa")
        story.review(Story.bob)
        #expect(try needs("gates: { a: { require: qa } }", story.facts, asks: true).isEmpty)
    }
}
