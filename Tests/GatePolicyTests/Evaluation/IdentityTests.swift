import Testing

@testable import GatePolicy

/// A name that belongs to somebody else than it did is unknown, never the new owner.
@Suite struct IdentityTests {
    @Test func aTeamMadeAnew() throws {
        var story = Story()
        story.review(Story.bob)
        story.facts.rememberedIdentities = ["@acme/qa": 101]
        #expect(try story.outcome("qa") == .approved)
        story.facts.rememberedIdentities = ["@acme/qa": 7]
        let gate = try story.gate(require: "qa")
        #expect(gate.outcome == .undecided)
        #expect(gate.unknowns.map(\.cause) == [.identityChanged])
        #expect(gate.unknowns[0].subject == "who `@acme/qa` is")
        // Other names are not touched by it.
        #expect(try story.outcome("@bob") == .approved)
        #expect(try story.outcome("2 of (qa | @bob)") == .waiting)
    }

    @Test func aLoginRegisteredAgain() throws {
        var story = Story()
        story.review(Story.bob)
        story.facts.rememberedIdentities = ["@bob": 2]
        #expect(try story.outcome("@Bob") == .approved)
        #expect(try story.outcome("qa - @bob") == .waiting)
        story.facts.rememberedIdentities = ["@bob": 77]
        #expect(try story.outcome("@bob") == .undecided)
        #expect(try story.outcome("qa - @bob") == .undecided)
        // Whoever it is, being in the team is enough.
        #expect(try story.outcome("qa | @bob") == .approved)
    }

    @Test func whatWasSeenIsTold() throws {
        var story = Story()
        story.review(Story.bob)
        let policy = try Story.policy("version: 1\ngates:\n  it: { require: qa or leads - @bob, block: none }\n")
        let identities = policy.identities(story.facts)
        #expect(identities["@acme/qa"] == 101)
        #expect(identities["@bob"] == 2)
        story.facts.rememberedIdentities = identities
        #expect(try story.outcome("qa") == .approved)
    }
}
