import Testing

@testable import GatePolicy

/// What a checklist comes to.
@Suite("Checklists: what they come to")
struct ChecklistTests {
    static let asked = """
        version: 1
        gates:
          sop:
            block: none
            checklist:
              - { item: testing, number: 1, ask: Testing, by: qa or leads }
        """
    static let plain = """
        version: 1
        gates:
          sop:
            block: none
            checklist:
              - { item: docs, by: qa }
              - { item: risk, number: 2, by: leads, when: changes("src/**") }
        """

    private static func gate(_ story: Story, _ policy: String = asked, _ more: String = "") throws -> GateVerdict {
        try #require(try story.verdict(policy + more).gates.first)
    }

    private static func story(_ body: String = "Testing: by hand") -> Story {
        var story = Story()
        story.facts.pullRequest.body = body
        story.facts.templates = .known([])
        return story
    }

    @Test func answeredAndAcknowledged() throws {
        var story = Self.story()
        story.says("/ack testing", by: Story.bob)
        let gate = try Self.gate(story)
        #expect(gate.outcome == .approved)
        #expect(gate.requirement?.allSigners == [Story.bob])
        #expect(gate.phrase(names: true) == "approved by bob")
    }

    /// What helps is another word.
    @Test func anApprovalAcknowledgesNothing() throws {
        var story = Self.story()
        story.review(Story.bob)
        #expect(
            try Self.gate(story).reviews.map(\.fate.wording) == [
                "approved, which acknowledges nothing: write `/ack testing` in a comment"
            ])
        #expect(
            try Self.gate(story, Self.plain).reviews.map(\.fate.wording) == [
                "approved, which acknowledges nothing: write `/ack ITEM` in a comment"
            ])
    }

    /// What may be answered is not asked for again.
    @Test func aTemplateThatCannotBeRead() throws {
        var story = Self.story()
        story.facts.templates = .unknown(Story.unknown("what the repository's template says"))
        let gate = try Self.gate(story)
        #expect(gate.outcome == .waiting)
        #expect(!gate.steps.contains { if case .answer = $0 { true } else { false } }, "\(gate.steps)")
    }

    @Test func byItsNumber() throws {
        var story = Self.story()
        story.says("/ack 1: fine", by: Story.erin)
        #expect(try Self.gate(story).outcome == .approved)
    }

    /// What was written before the repository was there came with a migration: nobody knows who wrote it.
    @Test(arguments: [(50, .waiting), (150, .approved)] as [(Int64, Outcome)]) func before(
        _ second: Int64, _ outcome: Outcome
    ) throws {
        var story = Self.story()
        story.happens(.push(commits: [Story.head], forced: false), by: Story.alice, second: 20)
        story.says("/ack testing", by: Story.bob, second: second)
        #expect(try Self.gate(story).outcome == outcome)
    }

    @Test func nobodyAcknowledged() throws {
        let gate = try Self.gate(Self.story())
        #expect(gate.outcome == .waiting)
        #expect(gate.phrase(names: true) == "needs `/ack testing` by 1 more of qa or leads (bob, carol or erin)")
    }

    @Test(arguments: ["", "Testing:", "```\nTesting: yes", "> Testing: yes", "<!-- Testing: yes"])
    func notAnswered(_ body: String) throws {
        var story = Self.story(body)
        story.says("/ack testing", by: Story.bob)
        let gate = try Self.gate(story)
        #expect(gate.outcome == .waiting)
        #expect(gate.phrase(names: true) == "needs an answer to `Testing` in the description")
    }

    @Test func onlyTheTemplate() throws {
        var story = Self.story("Testing: say how")
        story.facts.templates = .known([PullRequestTemplate(path: "pull_request_template.md", text: "Testing: say how")]
        )
        story.says("/ack testing", by: Story.bob)
        let gate = try Self.gate(story)
        #expect(gate.outcome == .waiting)
        #expect(gate.items[0].answer == .template)
    }

    @Test func aTemplateThatCannotBeReadIsUnknown() throws {
        var story = Self.story()
        story.facts.templates = .unknown(Story.unknown("what the repository's template says"))
        story.says("/ack testing", by: Story.bob)
        #expect(try Self.gate(story).outcome == .undecided)
        // Where nothing is answered the template makes no difference.
        story.facts.pullRequest.body = "Testing:"
        #expect(try Self.gate(story).outcome == .waiting)
    }

    @Test func theTemplateIsNeededOnlyForAnAnswer() throws {
        var story = Self.story()
        story.facts.templates = nil
        #expect(try Story.policy(Self.asked).needs(story.facts) == [.templates])
        story.facts.pullRequest.body = ""
        #expect(try Story.policy(Self.asked).needs(story.facts).isEmpty)
        #expect(try Story.policy(Self.plain).needs(story.facts).isEmpty)
    }

    @Test func theOpenersOwnWord() throws {
        var story = Self.story()
        story.says("/ack testing", by: Story.alice)
        story.team("qa", [Story.alice, Story.bob])
        let gate = try Self.gate(story)
        #expect(gate.outcome == .waiting)
        #expect(gate.items[0].acknowledgements.map(\.fate) == [.author])
        #expect(try Self.gate(story, Self.asked, "\n    approvals: { author: true }").outcome == .approved)
    }

    @Test func aCommittersWord() throws {
        var story = Self.story()
        story.commit(by: Story.bob)
        story.says("/ack testing", by: Story.bob)
        #expect(try Self.gate(story).items[0].acknowledgements.map(\.fate) == [.committer])
        #expect(try Self.gate(story).outcome == .waiting)
        #expect(try Self.gate(story, Self.asked, "\n    approvals: { committers: true }").outcome == .approved)
    }

    @Test func anOutsidersWord() throws {
        var story = Self.story()
        story.says("/ack testing", by: Story.dave)
        let gate = try Self.gate(story)
        #expect(gate.outcome == .waiting)
        #expect(gate.items[0].acknowledgements.map(\.fate) == [.notAskedFor])
    }

    @Test(arguments: ["exact-head", "same-diff", "keep"])
    func anOlderHead(_ stale: String) throws {
        var story = Self.story()
        story.happens(.push(commits: [Story.old, Story.head], forced: false), by: Story.alice, second: 900)
        story.says("/ack testing @\(Story.old.text)", by: Story.bob)
        story.change(Story.old, is: "one")
        story.change(Story.head, is: "two")
        let policy = Self.asked + "\n    approvals: { stale: \(stale) }"
        #expect(try Self.gate(story, policy).outcome == (stale == "keep" ? .approved : .waiting))
        story.change(Story.head, is: "one")
        #expect(try Self.gate(story, policy).outcome == (stale == "exact-head" ? .waiting : .approved))
    }

    @Test func anItemThatDoesNotApply() throws {
        var story = Self.story()
        story.facts.files = .known([ChangedFile(path: "docs/a.md", additions: 1)])
        story.says("/ack docs", by: Story.bob)
        let gate = try Self.gate(story, Self.plain)
        #expect(gate.outcome == .approved)
        #expect(gate.items.map(\.state) == [.met, .notNeeded])
    }

    @Test func noItemLeft() throws {
        let policy = Self.asked.replacing("by: qa or leads", with: "by: qa, when: fork")
        let gate = try Self.gate(Self.story(), policy)
        #expect(gate.outcome == .notNeeded)
        #expect(gate.phrase(names: true) == "not needed: no item of the checklist is left")
        // With a requirement beside it the gate still asks for that.
        #expect(try Self.gate(Self.story(), policy + "\n    require: leads").outcome == .waiting)
    }

    @Test func requireAndChecklistAreBothAsked() throws {
        var story = Self.story()
        let policy = Self.asked + "\n    require: leads"
        story.says("/ack testing", by: Story.bob)
        #expect(try Self.gate(story, policy).outcome == .waiting)
        story.review(Story.erin)
        #expect(try Self.gate(story, policy).outcome == .approved)
        // An approval acknowledges nothing, and an acknowledgement approves nothing.
        var other = Self.story()
        other.review(Story.bob)
        other.says("/ack testing", by: Story.erin)
        #expect(try Self.gate(other, policy).outcome == .waiting)
    }

    @Test func commentsThatCannotBeRead() throws {
        var story = Self.story()
        story.facts.comments = .unknown(Story.unknown("what the comments say"))
        #expect(try Self.gate(story).outcome == .undecided)
        story.facts.pullRequest.body = ""
        #expect(try Self.gate(story).outcome == .waiting)
    }

    @Test func anAnswerThatChangedSince() throws {
        var story = Self.story()
        story.says("/ack testing", by: Story.bob)
        let verdict = try story.verdict(Self.asked)
        #expect(verdict.gates[0].items[0].isRemembered == false)
        #expect(verdict.text.contains("only the service can know"))
        #expect(verdict.text(ofGate: verdict.gates[0].name)?.contains("only the service can know") == true)
        story.facts.answersSeen = verdict.answerSightings
        #expect(try Self.gate(story).outcome == .approved)
        #expect(try story.verdict(Self.asked).text.contains("only the service can know") == false)
        story.facts.pullRequest.body = "Testing: none at all"
        let gate = try Self.gate(story)
        #expect(gate.outcome == .waiting)
        #expect(gate.items[0].acknowledgements.map(\.fate) == [.answerChanged])
    }

    @Test func acknowledgedBeforeItWasAnswered() throws {
        var story = Self.story("")
        story.says("/ack testing", by: Story.bob)
        story.facts.answersSeen = try story.verdict(Self.asked).answerSightings
        story.facts.pullRequest.body = "Testing: by hand"
        #expect(try Self.gate(story).items[0].acknowledgements.map(\.fate) == [.answerChanged])
    }

    @Test func aConditionBesideAnAcknowledgementIsNotEnough() throws {
        let policy = Self.asked.replacing("by: qa or leads", with: "by: qa and lines < 100")
        var story = Self.story()
        #expect(try Self.gate(story, policy).outcome == .waiting)
        story.says("/ack testing", by: Story.bob)
        #expect(try Self.gate(story, policy).outcome == .approved)
    }

    @Test func neverIsRejected() throws {
        let policy = Self.plain.replacing("by: leads, when: changes(\"src/**\")", with: "by: never(\"frozen\")")
        #expect(try Self.gate(Self.story(), policy).outcome == .rejected)
        let avoidable = Self.plain.replacing("by: leads", with: "by: never(\"frozen\")")
        #expect(try Self.gate(Self.story(), avoidable).outcome == .waiting)
    }

    @Test func anotherGateLooksAtIt() throws {
        var story = Self.story()
        let policy = Self.asked + "\n  release: { require: gate(\"sop\") and leads, block: none }"
        story.review(Story.erin)
        #expect(try story.verdict(policy).gates[1].outcome == .waiting)
        story.says("/ack testing", by: Story.bob)
        #expect(try story.verdict(policy).gates[1].outcome == .approved)
    }

    @Test func aliases() throws {
        var story = Self.story()
        story.says("/sop-ack 1 looks good", by: Story.bob)
        #expect(try Self.gate(story).outcome == .waiting)
        let aliases = "\ncommands: { aliases: { sop-ack: ack } }"
        #expect(try Self.gate(story, Self.asked, aliases).outcome == .approved)
    }

    @Test func stepsOfOneKindAreOne() throws {
        let policy = """
            version: 1
            gates:
              sop:
                block: none
                checklist:
                  - { item: a, ask: One, by: qa }
                  - { item: b, ask: Two, by: qa }
                  - { item: c, by: leads }
            """
        #expect(
            try Self.gate(Self.story(""), policy).phrase(names: false)
                == "needs answers to `One` and `Two` in the description and `/ack a, b` by 1 more of qa and `/ack c` by 1 more of leads"
        )
    }
}
