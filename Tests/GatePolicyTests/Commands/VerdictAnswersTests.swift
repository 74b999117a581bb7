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
        (Story.erin, "/waive fixed urgent", .refused, "the policy lets nobody waive this gate"),
        (Story.bob, "/ack docs", .done, "given for `aaaaaaaaaa`"),
        (Story.dave, "/ack docs", .refused, "acknowledged it, but is not among those who may"),
        (Story.alice, "/ack docs", .refused, "acknowledged it, but opened the pull request"),
        (Story.dave, "/recheck", .done, "asked for"),
    ])
    func each(_ person: Account, _ text: String, _ answer: CommandFate.Answer, _ wording: String) throws {
        var story = Story()
        story.says(text, by: person)
        let verdict = try story.verdict(Self.policy)
        let command = try #require(verdict.commands.first)
        #expect(verdict.answer(to: command) == answer)
        #expect(verdict.wording(of: command) == wording)
    }
}
