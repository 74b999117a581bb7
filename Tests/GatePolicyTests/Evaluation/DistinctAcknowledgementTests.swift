import Testing

@testable import GatePolicy

/// Acknowledgements fill places as approvals do, where different people are asked for.
@Suite struct DistinctAcknowledgementTests {
    /// qa: bob and carol; security: carol and dave; leads: erin.
    private static let items = """
        version: 1
        block: none
        gates:
          sop:
            distinct: true
            checklist:
              - { item: testing, by: qa }
              - { item: rollback, by: qa or leads }
        """
    private static let both = """
        version: 1
        block: none
        gates:
          sop:
            distinct: true
            require: qa
            checklist: [ { item: testing, by: qa | security } ]
        """
    private static let lists = """
        version: 1
        block: none
        gates:
          review: { require: qa }
          sop: { checklist: [ { item: testing, by: qa or security }, { item: rollback, by: qa or security } ] }
        distinct: [review, sop]
        """

    private func story(_ words: [(String, Account)], signed: [Account] = []) -> Story {
        var story = Story()
        for account in signed { story.review(account) }
        for (text, author) in words { story.says(text, by: author) }
        return story
    }

    private func outcomes(_ policy: String, _ words: [(String, Account)], signed: [Account] = []) throws -> [Outcome] {
        try story(words, signed: signed).verdict(policy).gates.map(\.outcome)
    }

    @Test func nobodyAcknowledgesTwoItems() throws {
        #expect(try outcomes(Self.items, [("/ack testing, rollback", Story.bob)]) == [.waiting])
        #expect(
            try outcomes(Self.items, [("/ack testing, rollback", Story.bob), ("/ack rollback", Story.erin)])
                == [.approved])
        // One assignment: bob must leave testing to carol, whoever spoke first.
        #expect(
            try outcomes(Self.items, [("/ack testing, rollback", Story.bob), ("/ack testing", Story.carol)])
                == [.approved])
        let alike = Self.items.replacing("distinct: true", with: "distinct: false")
        #expect(try outcomes(alike, [("/ack testing, rollback", Story.bob)]) == [.approved])
    }

    @Test func whatItSays() throws {
        let gate = try story([("/ack testing, rollback", Story.bob)]).verdict(Self.items).gates[0]
        #expect(gate.distinct?.children.map(\.expression) == ["testing by qa", "rollback by qa"])
        #expect(gate.items.map(\.state) == [.met, .open])
        #expect(
            gate.items.map { $0.acknowledgements.map(\.fate.wording) } == [
                ["acknowledged it"], ["acknowledged it, but counts for `testing`: nobody fills two places"],
            ])
        // Bob would have to leave testing to somebody who has not spoken.
        #expect(gate.phrase(names: true) == "needs `/ack rollback` by 1 more of qa (carol)")
    }

    @Test func anApprovalAndAnAcknowledgement() throws {
        #expect(try outcomes(Self.both, [("/ack testing", Story.bob)], signed: [Story.bob]) == [.waiting])
        #expect(try outcomes(Self.both, [("/ack testing", Story.dave)], signed: [Story.bob]) == [.approved])
        let gate = try story([("/ack testing", Story.carol)], signed: [Story.carol]).verdict(Self.both).gates[0]
        #expect(gate.reviews.map(\.fate) == [.counts(for: ["qa"])])
        #expect(gate.items[0].acknowledgements.map(\.fate) == [.keptFor("qa")])
        #expect(gate.phrase(names: true) == "needs `/ack testing` by 1 more of qa | security (bob or dave)")
    }

    /// Carol's approval is not needed for qa, where bob approved: her word for the item is what counts.
    @Test func anApprovalBesideAnAcknowledgement() throws {
        let gate = try story([("/ack testing", Story.carol)], signed: [Story.bob, Story.carol]).verdict(Self.both)
            .gates[0]
        #expect(gate.outcome == .approved)
        #expect(gate.reviews.map(\.fate) == [.counts(for: ["qa"]), .acknowledges(item: "testing")])
        #expect(gate.items[0].acknowledgements.map(\.fate) == [.counts])
        #expect(gate.phrase(names: true) == "approved by bob and carol")
    }

    /// Somebody who fills a place cannot fill the one that is missing, unless another can take his over.
    @Test func whoCouldTakeAnotherPlace() throws {
        let gate = try story([("/ack testing", Story.bob)]).verdict(Self.both).gates[0]
        #expect(gate.phrase(names: true) == "needs 1 more of qa (carol)")
        let more = try story([("/ack testing", Story.bob), ("/ack testing", Story.dave)]).verdict(Self.both).gates[0]
        #expect(more.phrase(names: true) == "needs 1 more of qa (bob or carol)")
    }

    @Test func aListOfGates() throws {
        let alone = [("/ack testing, rollback", Story.carol)]
        #expect(try outcomes(Self.lists, alone, signed: [Story.carol]) == [.approved, .waiting])
        #expect(try outcomes(Self.lists, alone, signed: [Story.bob]) == [.approved, .approved])
        // Carol could still sign for the review, so her word is kept until that passes.
        #expect(try outcomes(Self.lists, alone) == [.waiting, .waiting])
        #expect(try outcomes(Self.lists, [("/ack testing, rollback", Story.dave)]) == [.waiting, .approved])
        let gate = try story(alone, signed: [Story.carol]).verdict(Self.lists).gates[1]
        #expect(gate.items.map(\.state) == [.open, .open])
        #expect(gate.items[0].acknowledgements.map(\.fate) == [.keptFor("review")])
    }

    @Test func anItemThatDoesNotApplyHasNoPlace() throws {
        let policy = Self.items.replacing("by: qa or leads", with: "by: qa or leads, when: fork")
        #expect(try outcomes(policy, [("/ack testing", Story.bob)]) == [.approved])
    }

    @Test func anAnswerIsAskedForToo() throws {
        let policy = Self.items.replacing("item: testing,", with: "item: testing, ask: Testing,")
        var story = story([("/ack testing", Story.bob), ("/ack rollback", Story.erin)])
        story.facts.templates = .known([])
        #expect(try story.verdict(policy).gates[0].outcome == .waiting)
        story.facts.pullRequest.body = "Testing: by hand"
        #expect(try story.verdict(policy).gates[0].outcome == .approved)
        story.facts.templates = .unknown(Story.unknown("what the repository's template says"))
        #expect(try story.verdict(policy).gates[0].outcome == .undecided)
    }

    /// Whether he is in qa is not known: then nobody knows whether the one place or the other is filled.
    @Test func aTeamThatCannotBeRead() throws {
        var story = story([("/ack testing", Story.bob), ("/ack rollback", Story.erin)])
        story.hide("qa")
        #expect(try story.verdict(Self.items).gates[0].outcome == .undecided)
        var alone = self.story([("/ack testing, rollback", Story.bob)])
        alone.hide("qa")
        #expect(try alone.verdict(Self.items).gates[0].outcome == .waiting)
    }

    @Test func whatCannotBeRead() throws {
        var comments = story([], signed: [Story.bob])
        comments.facts.comments = .unknown(Story.unknown("what the comments say"))
        #expect(try comments.verdict(Self.both).gates[0].outcome == .undecided)
        // A condition that holds does without the reviews; the items must still be two people's.
        let policy = Self.items.replacing("distinct: true", with: "distinct: true\n    require: qa or files < 5")
        var reviews = story([("/ack testing, rollback", Story.bob)])
        reviews.facts.reviews = .unknown(Story.unknown("which reviews there are"))
        #expect(try reviews.verdict(policy).gates[0].outcome == .waiting)
        reviews.says("/ack rollback", by: Story.erin)
        #expect(try reviews.verdict(policy).gates[0].outcome == .approved)
    }

    @Test func itemsThatOnePersonWouldHaveToFill() {
        let policy = Self.items.replacing("by: qa or leads", with: "by: '@bob'").replacing(
            "by: qa }", with: "by: '@bob' }")
        let result = PolicyReader.read(policy, file: "countersign.yml", digest: "d")
        #expect(result.policy == nil)
        #expect(result.diagnostics.map(\.message).contains { $0.contains("one person would have to fill two places") })
    }
}
