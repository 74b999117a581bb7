import Foundation
import Testing

@testable import GatePolicy

@Suite struct VerdictAnswersTests {
    private static let policy = """
        version: 1
        gates:
          it: { require: security, waive: { by: leads } }
          fixed: { require: security }
          sop: { checklist: [{ item: docs, by: qa }] }
        """

    /// Whoever reads the page sees why a comment got the answer it got.
    @Test(arguments: [
        (Story.erin, "/waive it urgent", CommandFate.Answer.done, "given for `aaaaaaaaaa`"),
        (Story.erin, "/waive it", .refused, "asks to waive it without a reason: write `/waive GATE reason`"),
        (Story.dave, "/waive it urgent", .refused, "asks to waive it, but is not among those who may"),
        (Story.alice, "/waive it urgent", .refused, "asks to waive it, but opened the pull request"),
        (
            Story.carol, "/waive it urgent", .refused,
            "asks to waive it, but pushed or wrote a commit of the pull request"
        ),
        (Story.erin, "/waive fixed urgent", .refused, "the policy lets nobody waive this gate"),
        (Story.bob, "/ack docs", .done, "given for `aaaaaaaaaa`"),
        (Story.dave, "/ack docs", .refused, "acknowledged it, but is not among those who may"),
        (Story.alice, "/ack docs", .refused, "acknowledged it, but opened the pull request"),
        (Story.dave, "/recheck", .done, "asked for"),
    ])
    func each(_ person: Account, _ text: String, _ answer: CommandFate.Answer, _ wording: String) throws {
        var story = Story()
        story.commit(by: Story.carol)
        story.says(text, by: person)
        let verdict = try story.verdict(Self.policy)
        let command = try #require(verdict.commands.first)
        #expect(command.fate.answer == answer && command.fate.wording == wording)
        // Programs that read the verdict, and people who ask why, are told the same.
        let told = try JSONDecoder().decode(Verdict.self, from: JSONEncoder().encode(verdict))
        #expect(told.commands.map(\.fate.answer) == [answer] && told.commands.map(\.fate.wording) == [wording])
        let line = "comment #5001: \(person.login) \(command.command.action.wording): \(wording)\n"
        #expect(verdict.text.contains(line), "\(verdict.text)")
    }

    /// Each is told of itself, whatever became of an earlier one of the same person's, also in one comment.
    @Test(arguments: [["/waive it\n/waive it urgent"], ["/waive it", "/waive it urgent"]])
    func aSecondWaiver(_ texts: [String]) throws {
        var story = Story()
        for text in texts { story.says(text, by: Story.dave) }
        #expect(
            try story.verdict(Self.policy).commands.map(\.fate.wording) == [
                "asks to waive it without a reason: write `/waive GATE reason`",
                "asks to waive it, but is not among those who may",
            ])
    }

    /// Whoever may comment may write thousands of them.
    @Test(.timeLimit(.minutes(1)), arguments: ["/waive it x", "/ack docs x"])
    func thousandsOfOnePersons(_ command: String) throws {
        var story = Story()
        let text = Array(repeating: command, count: 100).joined(separator: "\n")
        for _ in 0..<99 { story.says(text, by: Story.dave) }
        let policy = try Story.policy(Self.policy)
        let time = ContinuousClock().measure {
            let verdict = policy.evaluate(story.facts)
            #expect(verdict.commands.count == 9_900)
            #expect(Set(verdict.commands.map(\.fate.answer)) == [.refused])
        }
        #expect(time < .seconds(10))
    }

    /// For whichever commit it was meant: nobody can waive what the policy lets nobody waive.
    @Test func whatNobodyCanWaiveForAnyCommit() throws {
        var story = Story()
        story.says("/waive fixed @0123456789012345678901234567890123456789 urgent", by: Story.erin)
        let verdict = try story.verdict(Self.policy)
        #expect(verdict.commands.map(\.fate.wording) == ["the policy lets nobody waive this gate"])
    }

    /// Also where no gate reads comments: whoever has them at hand is told what became of each.
    @Test func commentsThatNoGateReads() throws {
        var story = Story()
        for text in ["/waive it urgent", "/ack docs", "/recheck"] { story.says(text, by: Story.erin) }
        let verdict = try story.verdict("version: 1\ngates:\n  it: { require: security }\n")
        #expect(
            verdict.commands.map(\.fate.wording) == [
                "the policy lets nobody waive this gate", "not understood: there is no `docs` here", "asked for",
            ])
        story.facts.comments = nil
        #expect(try story.verdict("version: 1\ngates:\n  it: { require: security }\n").commands.isEmpty)
    }
}
