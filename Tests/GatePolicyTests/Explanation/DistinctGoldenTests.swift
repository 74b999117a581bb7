import Foundation
import Testing

@testable import GatePolicy

/// What people read where different people must sign, verbatim.
@Suite struct DistinctGoldenTests {
    static let policy = """
        version: 1
        block: none
        gates:
          qa-review: { require: qa }
          security-review: { require: security }
          release:
            require: gate("two-people") and leads
            distinct: true
        parts:
          two-people: { require: 2 of (qa | leads) }
        distinct: [qa-review, security-review]
        """

    @Test(arguments: [
        ("distinct-waiting", [Story.carol, Story.erin]),
        ("distinct-approved", [Story.carol, Story.erin, Story.bob]),
    ])
    func whatIsRead(_ name: String, _ signed: [Account]) throws {
        var story = Story()
        for account in signed { story.review(account) }
        try Golden.expect(try story.verdict(Self.policy).text, matches: "../verdicts/\(name).txt")
    }

    @Test func whatIsNotKnown() throws {
        var story = Story()
        story.hide("qa")
        story.review(Story.carol)
        story.review(Story.erin)
        try Golden.expect(try story.verdict(Self.policy).text, matches: "../verdicts/distinct-undecided.txt")
    }
}
