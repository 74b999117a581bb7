import GateForge
import GatePolicy
import Testing

@testable import GateService

/// Contexts that compare alike are two statuses on the forge.
@Suite struct ContextNameTests {
    @Test func aRowOfAContextThatComparesAlikeDoesNotStandForOurs() {
        let account = Account(id: 9, login: "gate")
        let wanted = DesiredStatus(context: "countersign: caf\u{e9}", state: .pending, description: "needs 1 of qa")
        let row = CommitStatus(
            id: 2, context: "countersign: cafe\u{301}", state: .pending, description: "needs 1 of qa", creator: account)
        #expect(!Publisher.stands(wanted, [row], account))
    }

    @Test func claimsOfContextsThatCompareAlikeAreTwo() {
        func claim(_ number: Int64, _ context: String, _ state: StatusState) -> Head.Claim {
            Head.Claim(
                number: number, openerMayWrite: .yes,
                statuses: [DesiredStatus(context: context, state: state, description: "")])
        }
        let shown = Head.leastFavourable(
            [claim(1, "countersign: caf\u{e9}", .pending), claim(2, "countersign: cafe\u{301}", .success)], asked: 1)
        #expect(shown.map(\.status.state) == [.pending, .success])
    }
}
