import Testing

@testable import GatePolicy

@Suite struct WaiverTests {
    private func gate(_ story: Story, by: String = "leads", reason: String = "required") throws -> GateVerdict {
        try story.gate(["require: security", "block: qa", "waive: { by: '\(by)', reason: \(reason) }"])
    }

    @Test func aLeadWaives() throws {
        var story = Story()
        story.waive("it", by: Story.erin)
        let gate = try gate(story)
        #expect(gate.outcome == .waived)
        #expect(gate.waiver?.author == Story.erin)
        #expect(gate.statusDescription(names: false).description == "waived by erin: it is urgent")
    }

    @Test(arguments: ["", "  ", "\n\t", "\u{200B}", "\u{3164}", "&nbsp;", "<br>", "!", "- …"])
    func aReason(_ reason: String) throws {
        var story = Story()
        story.waive("it", by: Story.erin, reason: reason)
        #expect(try gate(story).outcome == .waiting)
        #expect(try gate(story, reason: "optional").outcome == .waived)
    }

    @Test(arguments: [
        Story.alice, Story.bob, Story.service, Story.ghost, Account(id: 5, login: "erin", isActive: false),
    ])
    func whoMayNot(_ account: Account) throws {
        var story = Story()
        story.team("leads", [Story.erin, Story.alice, Story.service])
        story.waive("it", by: account)
        #expect(try gate(story).outcome == .waiting)
    }

    /// Whoever waives what is rejected must not read that it is waived.
    @Test func itDoesNotHelpAgainstNever() throws {
        var story = Story()
        story.waive("it", by: Story.erin)
        let gate = try story.gate(["require: never(\"frozen\")", "block: none", "waive: { by: leads }"])
        #expect(gate.outcome == .rejected)
        let told = "    waiver: erin asks to waive it; no waiver helps where a gate is rejected"
        #expect(gate.lines(names: false).contains(told), "\(gate.lines(names: false))")
    }

    @Test func itSaysThatItIsStale() throws {
        var story = Story()
        story.change(Story.old, is: "1")
        story.change(Story.head, is: "2")
        story.waive("it", by: Story.erin, at: Story.old)
        #expect(try gate(story).waivers.map(\.fate) == [.stale(since: Story.old)])
    }

    @Test func aCommitterMayNot() throws {
        var story = Story()
        story.commit(by: Story.erin)
        story.waive("it", by: Story.erin)
        #expect(try gate(story).outcome == .waiting)
    }

    /// Whoever may comment may name any head there was, a comment each: only of those who may waive is one looked at.
    @Test func strangersHaveNothingRead() throws {
        let heads = try (10..<99).map { try #require(CommitID(String(repeating: "\($0)", count: 20))) }
        let policy = """
            version: 1
            block: none
            gates:
              it: { require: security, waive: { by: leads }, checklist: [{ item: docs, by: leads }] }
            """
        func needs(_ author: Account, _ seesLeads: Bool = true) throws -> Set<Need> {
            var story = Story()
            story.happens(.push(commits: heads + [Story.head], forced: false), by: Story.alice, second: 900)
            if !seesLeads { story.facts.teamMembers[103] = nil }
            for head in heads { story.says("/waive it @\(head.text) x\n/ack docs @\(head.text)", by: author) }
            return try Story.policy(policy).needs(story.facts, asksWhoCanSign: false)
        }
        #expect(try needs(Story.dave).isEmpty)
        #expect(try needs(Story.erin).count == heads.count + 1)
        let leads = TeamReference(organization: "acme", name: "leads")
        #expect(try needs(Story.dave, false) == [.teamMembers(id: 103, reference: leads)])
        #expect(try needs(Story.erin, false) == [.teamMembers(id: 103, reference: leads)])
    }

    @Test func itGoesStale() throws {
        var story = Story()
        story.change(Story.old, is: "1")
        story.change(Story.head, is: "2")
        story.waive("it", by: Story.erin, at: Story.old)
        #expect(try gate(story).outcome == .waiting)
        story.change(Story.old, is: "2")
        #expect(try gate(story).outcome == .waived)
        var unbound = Story()
        unbound.waive("it", by: Story.erin, at: nil)
        #expect(try gate(unbound).outcome == .waiting)
    }

    @Test func anotherGatesWaiver() throws {
        var story = Story()
        story.waive("other", by: Story.erin)
        #expect(try gate(story).outcome == .waiting)
    }

    /// The waiver that is named is one that counts, not the newest of anybody's.
    @Test func theOneThatCountsIsNamed() throws {
        var story = Story()
        story.waive("it", by: Story.erin, reason: "first")
        story.waive("it", by: Story.erin, reason: "second")
        story.waive("it", by: Story.dave, reason: "me too")
        #expect(try gate(story).waiver?.reason == "second")
    }

    /// Where it takes several people, all of them waived it.
    @Test func everybodyWhoWaivedIsNamed() throws {
        var story = Story()
        story.waive("it", by: Story.dave, reason: "the site is down")
        story.waive("it", by: Story.bob, reason: "I agree")
        let gate = try gate(story, by: "@dave and qa")
        #expect(gate.statusDescription(names: false).description == "waived by dave and bob: the site is down")
        // Who says it again is named once, with the newest of the words.
        story.waive("it", by: Story.dave, reason: "the whole site is down")
        story.waive("it", by: Story.erin, reason: "me too")
        let again = try self.gate(story, by: "@dave and qa")
        #expect(again.statusDescription(names: false).description == "waived by dave and bob: the whole site is down")
    }

    @Test func twoPeopleAndAReview() throws {
        var story = Story()
        story.waive("it", by: Story.bob)
        #expect(try gate(story, by: "2 of qa").outcome == .waiting)
        story.review(Story.carol)
        // A review is no waiver.
        #expect(try gate(story, by: "2 of qa").outcome == .approved)
        var other = Story()
        other.waive("it", by: Story.bob)
        other.review(Story.bob)
        #expect(try gate(other, by: "2 of qa").outcome == .waiting)
        other.waive("it", by: Story.carol)
        #expect(try gate(other, by: "2 of qa").outcome == .waived)
    }

    @Test func aRequestForChangesIsStronger() throws {
        var story = Story()
        story.waive("it", by: Story.erin)
        story.review(Story.bob, .requestChanges)
        #expect(try gate(story).outcome == .rejected)
    }

    @Test func whoIsUnknown() throws {
        var story = Story()
        story.hide("leads")
        story.waive("it", by: Story.erin)
        #expect(try gate(story).outcome == .undecided)
        // Passing either way.
        story.review(Story.dave)
        #expect(try gate(story).outcome == .approved)
    }
}
