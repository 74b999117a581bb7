import Testing

@testable import GatePolicy

/// A gate asks through a part that has approvals of its own: people are told what became of their words there.
@Suite struct ReferredWordsTests {
    private func gate(_ story: Story, _ require: String, _ parts: String...) throws -> GateVerdict {
        let policy = """
            version: 1
            block: none
            gates: { it: { require: '\(require)' } }
            parts:
            \(parts.map { "  \($0)" }.joined(separator: "\n"))
            """
        return try #require(try story.verdict(policy).gates.first)
    }

    private let byComment = "p: { require: qa, approvals: { reviews: false, comments: [\"*LGTM*\"] } }"
    private let sentence = "by a comment that says `*LGTM*`; reviews do not count"

    @Test func onlyCommentsApproveThere() throws {
        var story = Story()
        story.review(Story.bob)
        let asked = try gate(story, "gate(\"p\")", byComment)
        #expect(asked.outcome == .waiting)
        #expect(asked.reviews.map(\.fate) == [.notByReview])
        #expect(asked.shownMethods == sentence)
        story.says("LGTM", by: Story.bob)
        let given = try gate(story, "gate(\"p\")", byComment)
        #expect(given.outcome == .approved)
        #expect(given.reviews.map(\.fate) == [.notByReview])
        #expect(given.comments.map(\.fate) == [.counts(for: ["qa"])])
    }

    @Test func throughAnotherPart() throws {
        var story = Story()
        story.review(Story.bob)
        let asked = try gate(story, "gate(\"q\")", byComment, "q: { require: gate(\"p\") }")
        #expect(asked.reviews.map(\.fate) == [.notByReview])
        #expect(asked.shownMethods == sentence)
    }

    /// Whoever is asked by the gate itself is told of that; the others of the part.
    @Test func bothAsk() throws {
        var story = Story()
        story.team("qa", [Story.bob])
        story.review(Story.erin)
        story.review(Story.bob)
        story.review(Story.dave)
        let asked = try gate(story, "leads and gate(\"p\")", byComment)
        #expect(asked.reviews.map(\.fate) == [.counts(for: ["leads"]), .notByReview, .notByReview])
        #expect(asked.shownMethods == "by a review; for `p` \(sentence)")
    }

    @Test func committersMaySignThere() throws {
        var story = Story()
        story.commit(by: Story.bob)
        story.review(Story.bob)
        let part = "p: { require: qa, approvals: { committers: true } }"
        let signed = try gate(story, "gate(\"p\")", part)
        #expect(signed.outcome == .approved)
        #expect(signed.reviews.map(\.fate) == [.counts(for: ["qa"])])
        // He is asked by the gate itself, which lets no committer sign.
        #expect(try gate(story, "qa and gate(\"p\")", part).reviews.map(\.fate) == [.counts(for: ["qa"])])
    }

    @Test func olderApprovalsStandThere() throws {
        var story = Story()
        story.review(Story.bob, at: Story.old)
        let part = "p: { require: qa, approvals: { stale: keep } }"
        #expect(try gate(story, "gate(\"p\")", part).reviews.map(\.fate) == [.counts(for: ["qa"])])
    }

    /// Of one who counts elsewhere it is said where.
    @Test func nobodyFillsTwoPlaces() throws {
        var story = Story()
        story.commit(by: Story.carol)
        story.review(Story.carol)
        let policy = """
            version: 1
            block: none
            gates:
              a: { require: gate("p") }
              b: { require: gate("q") }
            parts:
              p: { require: qa, approvals: { committers: true } }
              q: { require: security, approvals: { committers: true } }
            distinct: [a, b]
            """
        let gates = try story.verdict(policy).gates
        #expect(gates.map(\.outcome) == [.approved, .waiting])
        #expect(gates.map { $0.reviews.map(\.fate) } == [[.counts(for: ["qa"])], [.keptFor(gate: "a")]])
    }

    @Test func whatDoesNotHangOnTheRulesIsTheGates() throws {
        var story = Story()
        story.review(Story.bob, isDismissed: true)
        story.review(Story.carol, .requestChanges)
        let policy = """
            version: 1
            gates: { it: { require: gate("p"), block: { by: qa } } }
            parts: { p: { require: qa, approvals: { committers: true } } }
            """
        let gate = try #require(try story.verdict(policy).gates.first)
        #expect(gate.outcome == .rejected)
        #expect(gate.reviews.map(\.fate) == [.dismissed, .blocks])
    }

    @Test func severalWays() throws {
        let parts = (1...5).map { "p\($0): { require: qa, approvals: { comments: [\"*ok\($0)*\"], reviews: false } }" }
        let policy = """
            version: 1
            gates: { it: { require: '\((1...5).map { "gate(\"p\($0)\")" }.joined(separator: " or "))' } }
            parts: { \(parts.joined(separator: ", ")) }
            """
        let gate = try #require(try Story().verdict(policy).gates.first)
        #expect(
            gate.shownMethods
                == "for `p1` by a comment that says `*ok1*`; reviews do not count; "
                + "for `p2` by a comment that says `*ok2*`; reviews do not count; "
                + "for `p3` by a comment that says `*ok3*`; reviews do not count; and otherwise for 2 more")
    }
}
