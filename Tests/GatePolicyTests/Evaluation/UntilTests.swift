import Testing

@testable import GatePolicy

/// `until`: the day from which a gate enforces.
@Suite struct UntilTests {
    /// 2026-12-01 00:00 UTC.
    static let day: Int64 = 1_796_083_200

    static func verdict(_ keys: String, at seconds: Int64) throws -> Verdict {
        var story = Story()
        story.facts.now = Timestamp(seconds: seconds)
        return try story.verdict("version: 1\nblock: none\ngates:\n  it: { require: qa, \(keys) }\n")
    }

    @Test func advisoryUntilTheDayBegins() throws {
        let keys = "mode: advisory, until: 2026-12-01"
        let before = try Self.verdict(keys, at: Self.day - 1)
        #expect(before.gates[0].postedState == .success)
        #expect(before.summary.enforcedGates == 0)
        #expect(before.validUntil == Timestamp(seconds: Self.day))
        #expect(
            before.gates[0].statusDescription(names: true).description
                == "[advisory until 2026-12-01] needs 1 more of qa (bob or carol)")
        #expect(before.text.contains("it [advisory until 2026-12-01]: needs"))
        let after = try Self.verdict(keys, at: Self.day)
        #expect(after.gates[0].postedState == .pending)
        #expect(after.summary.outcome == .waiting)
        #expect(after.validUntil == nil)
        #expect(after.gates[0].statusDescription(names: true).description == "needs 1 more of qa (bob or carol)")
    }

    @Test func offUntilTheDayBegins() throws {
        let before = try Self.verdict("mode: off, until: 2026-12-01", at: Self.day - 1)
        #expect(before.gates[0].outcome == .off)
        #expect(before.validUntil == Timestamp(seconds: Self.day))
        #expect(
            before.gates[0].statusDescription(names: true).description == "switched off by the policy until 2026-12-01")
        #expect(try Self.verdict("mode: off, until: 2026-12-01", at: Self.day).gates[0].outcome == .waiting)
    }

    @Test func aConditionThatEnds() throws {
        let keys = "advisory: not fork, until: 2026-12-01"
        #expect(try Self.verdict(keys, at: Self.day - 1).gates[0].postedState == .success)
        #expect(try Self.verdict(keys, at: Self.day).gates[0].postedState == .pending)
        #expect(try Self.verdict("mode: enforce", at: 0).validUntil == nil)
    }

    @Test func theFirstDayOfSeveral() throws {
        var story = Story()
        story.facts.now = Timestamp(seconds: 0)
        let policy = """
            version: 1
            gates:
              a: { require: qa, mode: advisory, until: 2026-12-02 }
              b: { require: qa, mode: off, until: 2026-12-01 }
              c: { require: qa, mode: off }
            """
        #expect(try story.verdict(policy).validUntil == Timestamp(seconds: Self.day))
    }

    @Test(
        arguments: [
            ("1970-01-01", 0), ("1970-03-01", 5_097_600), ("2000-02-29", 951_782_400), ("2024-12-31", 1_735_603_200),
            ("2026-12-01", day), ("2100-03-01", 4_107_542_400),
        ] as [(String, Int64)]) func days(_ text: String, _ seconds: Int64)
    {
        #expect(CalendarDay(text)?.start.seconds == seconds)
    }

    @Test(arguments: [
        "2026-13-01", "2026-00-01", "2026-02-29", "2100-02-29", "2026-04-31", "2026-12-00", "26-12-01", "2026-12-1",
        "2026-12-01T00:00:00Z", "1969-12-31", "tomorrow", "２０２６-12-01", "",
    ]) func noDays(_ text: String) { #expect(CalendarDay(text) == nil) }

    @Test(arguments: ["until: 2026-12-01", "mode: enforce, until: 2026-12-01", "mode: off, until: soon"])
    func mistakes(_ keys: String) {
        let text = "version: 1\ngates:\n  it: { require: qa, \(keys) }\n"
        #expect(PolicyReader.read(text, file: "countersign.yml", digest: "d").policy == nil)
    }
}
