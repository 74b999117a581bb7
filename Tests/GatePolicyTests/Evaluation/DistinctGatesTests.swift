import Testing

@testable import GatePolicy

/// The file's `distinct`: nobody fills places in two of the named gates.
@Suite struct DistinctGatesTests {
    /// qa: bob and carol; security: carol and dave; leads: erin.
    private func outcomes(
        _ first: String, _ second: String, signed: [Account], _ change: (inout Story) -> Void = { _ in }
    ) throws -> [Outcome] {
        try verdict(first, second, signed: signed, change).gates.map(\.outcome)
    }

    private func verdict(
        _ first: String, _ second: String, signed: [Account], _ change: (inout Story) -> Void = { _ in }
    ) throws -> Verdict {
        var story = Story()
        for account in signed { story.review(account) }
        change(&story)
        return try story.verdict(
            """
            version: 1
            block: none
            gates:
              one: { require: '\(first)', waive: { by: leads, reason: required } }
              two: { require: '\(second)' }
            distinct: [one, two]
            """)
    }

    @Test(arguments: [
        ("qa", "security", [Story.carol], [Outcome.approved, .waiting]),
        ("qa", "security", [Story.bob], [.approved, .waiting]),
        // Who could fill no place of the first gate need not wait for it.
        ("qa", "security", [Story.dave], [.waiting, .approved]),
        // Carol is kept for the first gate as long as it lacks somebody.
        ("2 of qa", "security", [Story.carol], [.waiting, .waiting]),
        ("2 of qa", "security", [Story.carol, Story.dave], [.waiting, .approved]),
        ("qa", "security", [Story.carol, Story.bob], [.approved, .approved]),
        ("qa", "security", [Story.carol, Story.dave], [.approved, .approved]),
        // One person may fill several places of one gate.
        ("qa and security", "security", [Story.carol], [.approved, .waiting]),
        ("qa and security", "security", [Story.carol, Story.dave], [.approved, .approved]),
        ("qa and security", "qa and security", [Story.bob, Story.carol, Story.dave], [.approved, .approved]),
        ("qa and security", "qa and security", [Story.bob, Story.carol], [.approved, .waiting]),
        ("qa or leads", "qa", [Story.bob, Story.erin], [.approved, .approved]),
        ("all of security", "security", [Story.carol, Story.dave], [.approved, .waiting]),
        ("all of security", "qa", [Story.carol, Story.dave], [.approved, .waiting]),
        ("all of security", "qa", [Story.bob, Story.carol, Story.dave], [.approved, .approved]),
        // Carol fills a place of the second gate, too, so the first one needs somebody else.
        ("qa", "all of security", [Story.carol, Story.dave], [.approved, .waiting]),
        ("qa", "all of security", [Story.bob, Story.carol, Story.dave], [.approved, .approved]),
        ("leads", "all of security", [Story.carol, Story.dave], [.waiting, .approved]),
        ("all of qa", "all of security", [Story.bob, Story.carol, Story.dave], [.approved, .waiting]),
    ])
    func nobodySignsForBoth(_ first: String, _ second: String, _ signed: [Account], _ outcomes: [Outcome]) throws {
        #expect(try self.outcomes(first, second, signed: signed) == outcomes)
    }

    /// From its day on nobody signs for a gate that was off and for another, and before it everybody may.
    @Test(arguments: [(1, Outcome.off, Outcome.approved), (0, .approved, .waiting)] as [(Int64, Outcome, Outcome)])
    func fromItsDayOnAGateIsServed(_ secondsBefore: Int64, _ first: Outcome, _ second: Outcome) throws {
        var story = Story()
        story.facts.now = Timestamp(seconds: UntilTests.day - secondsBefore)
        story.review(Story.carol)
        let policy = """
            version: 1
            block: none
            gates:
              security-review: { require: security, mode: 'off', until: 2026-12-01 }
              qa-review: { require: qa }
            distinct: [security-review, qa-review]
            """
        let read = PolicyReader.read(policy, file: "countersign.yml", digest: "d")
        #expect(read.diagnostics.isEmpty)
        #expect(try story.verdict(policy).gates.map(\.outcome) == [first, second])
    }

    @Test(arguments: [(1, Outcome.approved), (0, .waiting)] as [(Int64, Outcome)])
    func fromItsDayOnAGateIsDistinct(_ secondsBefore: Int64, _ second: Outcome) throws {
        var story = Story()
        story.facts.now = Timestamp(seconds: UntilTests.day - secondsBefore)
        story.review(Story.carol)
        let policy = """
            version: 1
            block: none
            gates:
              both: { require: qa and security, distinct: true, mode: 'off', until: 2026-12-01 }
              looks: { require: gate("both") }
            """
        #expect(try story.verdict(policy).gates.map(\.outcome) == [secondsBefore > 0 ? .off : second, second])
    }

    @Test func whatItSays() throws {
        let verdict = try verdict("qa", "security", signed: [Story.carol])
        let second = verdict.gates[1]
        #expect(second.distinct?.detail == "carol counts for `one`")
        #expect(second.reviews.map(\.fate) == [.keptFor(gate: "one")])
        // Bob would free carol; dave could sign here.
        #expect(
            second.statusDescription(names: true).description == "needs 1 more of qa | security (bob or dave)")
        #expect(verdict.gates[0].distinct == nil)
    }

    /// Everybody of an `all of` fills a place of it: who else could sign is told, and who sits where.
    @Test(arguments: [
        (
            "all of qa", "security", [Story.bob, Story.carol], "needs 1 more of security (dave)",
            "carol counts for `one`"
        ),
        ("all of qa", "security", [Story.carol], "needs 1 more of security (dave)", "carol counts for `one`"),
        (
            "all of qa and leads", "security", [Story.bob, Story.carol, Story.erin], "needs 1 more of security (dave)",
            "carol counts for `one`"
        ),
        ("qa", "all of security", [Story.carol, Story.dave], "needs 1 more of qa (bob)", ""),
        (
            "qa and leads", "all of security", [Story.carol, Story.dave, Story.erin], "needs 1 more of qa (bob)",
            "carol counts for `one`"
        ),
        (
            "all of qa", "all of security", [Story.bob, Story.carol, Story.dave],
            "needs 1 more of security (nobody can sign at present)", "carol counts for `one`"
        ),
    ])
    func everybodyOfASetFillsAPlace(
        _ first: String, _ second: String, _ signed: [Account], _ said: String, _ kept: String
    ) throws {
        let gate = try verdict(first, second, signed: signed).gates[1]
        #expect(gate.outcome == .waiting)
        #expect(gate.statusDescription(names: true).description == said)
        #expect(gate.distinct?.detail == kept)
        #expect(gate.reviews.contains { $0.fate == .keptFor(gate: "one") } == !kept.isEmpty)
    }

    /// Where everybody sits at the second gate, the first one's place is told as the empty one, and bob fills it.
    @Test func thePlaceOfAnEarlierGateIsEmpty() throws {
        let verdict = try verdict("qa", "all of security", signed: [Story.carol, Story.dave])
        #expect(verdict.gates[0].outcome == .approved)
        let places = try #require(verdict.gates[1].distinct?.children)
        #expect(places.map(\.expression) == ["qa", "all of security"])
        #expect(places.map(\.detail) == ["0 of 1, for `one`", "2 of 2"])
        let outcomes = try outcomes("qa", "all of security", signed: [Story.carol, Story.dave, Story.bob])
        #expect(outcomes == [.approved, .approved])
    }

    /// Bob's approval of the old head does not stand for the first gate; a new one would, and must not take a pass away.
    @Test func whoCouldSignForTheFirstIsKeptForIt() throws {
        var story = Story()
        story.change(Story.old, is: "the same")
        story.change(Story.head, is: "the same")
        story.review(Story.bob, at: Story.old)
        let text = """
            version: 1
            block: none
            gates:
              one: { require: qa and leads, approvals: { stale: exact-head } }
              two: { require: qa }
            distinct: [one, two]
            """
        #expect(try story.verdict(text).gates.map(\.outcome) == [.waiting, .waiting])
        story.review(Story.bob)
        #expect(try story.verdict(text).gates.map(\.outcome) == [.waiting, .waiting])
    }

    /// A waiver fills no place, so who signed is free for the other gate.
    @Test func aWaivedGateKeepsNobody() throws {
        #expect(
            try outcomes("qa", "security", signed: [Story.carol]) { $0.waive("one", by: Story.erin) } == [
                .waived, .approved,
            ])
    }

    @Test(arguments: [
        // Whether carol is in qa is not known: then both gates want her.
        ([Story.carol], [Outcome.undecided, .undecided]), ([Story.dave, Story.carol], [.undecided, .undecided]),
        ([Story.carol, Story.dave, Story.erin], [.undecided, .undecided]), ([], [.waiting, .waiting]),
    ])
    func aTeamThatCannotBeRead(_ signed: [Account], _ outcomes: [Outcome]) throws {
        #expect(try self.outcomes("qa", "security", signed: signed) { $0.hide("qa") } == outcomes)
    }

    /// Whoever of them the first gate wants, the second one lacks.
    @Test func everybodyOfWhomSomeMayBeKept() throws {
        let outcomes = try outcomes("qa", "all of security", signed: [Story.carol, Story.dave]) { $0.hide("qa") }
        #expect(outcomes == [.undecided, .undecided])
    }

    /// Three have signed and only one is asked for by the first gate: whoever it is, two are left.
    @Test func enoughWhoeverItIs() throws {
        let story: (inout Story) -> Void = {
            $0.team("security", [Story.bob, Story.carol, Story.dave])
            $0.hide("qa")
        }
        #expect(
            try outcomes("qa or security", "2 of security", signed: [Story.bob, Story.carol, Story.dave], story) == [
                .approved, .approved,
            ])
    }

    /// What a gate refers to is served first, whatever the list's order, so that no two wait for each other.
    @Test func aGateThatRefersToTheOther() throws {
        var story = Story()
        story.review(Story.carol)
        let text = """
            version: 1
            block: none
            gates:
              one: { require: 'gate("two") and qa' }
              two: { require: security }
            distinct: [one, two]
            """
        #expect(try story.verdict(text).gates.map(\.outcome) == [.waiting, .approved])
        story.review(Story.bob)
        #expect(try story.verdict(text).gates.map(\.outcome) == [.approved, .approved])
    }

    @Test func severalLists() throws {
        var story = Story()
        story.review(Story.carol)
        let text = """
            version: 1
            block: none
            gates:
              one: { require: qa }
              two: { require: security }
              three: { require: qa }
              four: { require: security }
            distinct: [[one, two], [three, four]]
            """
        #expect(try story.verdict(text).gates.map(\.outcome) == [.approved, .waiting, .approved, .waiting])
    }
}
