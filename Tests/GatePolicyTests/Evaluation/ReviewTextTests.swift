import Testing

@testable import GatePolicy

/// `approvals.reviews`: which approving reviews count.
@Suite struct ReviewTextTests {
    private func gate(_ story: Story, _ approvals: String, require: String = "qa") throws -> GateVerdict {
        try story.gate(["require: \(require)", "block: none", "approvals: { \(approvals) }"])
    }

    @Test(arguments: [
        ("tested on staging", true), ("Tested", false), ("", false), ("> tested\n", false),
        ("no\n\nit is tested", true),
        ("```\ntested\n```", false),
    ])
    func patterns(_ text: String, _ counts: Bool) throws {
        var story = Story()
        story.review(Story.bob, saying: text)
        let gate = try gate(story, "reviews: [\"*tested*\", \"re:^verified$\"]")
        #expect(gate.outcome == (counts ? .approved : .waiting))
        #expect(gate.reviews.map(\.fate) == [counts ? .counts(for: ["qa"]) : .otherWords])
    }

    @Test func onlyComments() throws {
        var story = Story()
        story.review(Story.bob)
        let waiting = try gate(story, "reviews: false, comments: [LGTM]")
        #expect(waiting.outcome == .waiting && waiting.reviews.map(\.fate) == [.notByReview])
        #expect(waiting.text.contains("sign: by a comment that says `LGTM`; reviews do not count"))
        story.says("LGTM", by: Story.bob)
        #expect(try gate(story, "reviews: false, comments: [LGTM]").outcome == .approved)
    }

    /// A later approval without the words takes an earlier one with them not away.
    @Test func theEarlierOneStands() throws {
        var story = Story()
        story.review(Story.bob, saying: "tested")
        story.review(Story.bob, saying: "and nice")
        #expect(try gate(story, "reviews: \"*tested*\"").outcome == .approved)
        story.review(Story.bob, .requestChanges)
        #expect(try gate(story, "reviews: \"*tested*\"").outcome == .waiting)
    }

    /// That the gate can be met at all is asked of the people, not of what they will write.
    @Test func somebodyCanMeetIt() throws {
        let story = Story()
        let policy = try Story.policy(
            "version: 1\ngates: { it: { require: qa, approvals: { reviews: false, comments: [LGTM] } } }")
        #expect(policy.obstacles(story.facts).isEmpty)
    }
}

extension GateVerdict {
    fileprivate var text: String { lines(names: true).joined(separator: "\n") }
}
