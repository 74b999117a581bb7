import Testing

@testable import GatePolicy

/// The branches that a policy speaks of.
@Suite struct BasesTests {
    private static let text = """
        version: 1
        gates:
          a: { when: 'base("main", "release/*") or not base("stable")', require: qa }
          b: { when: 'base("main", "re:^v[0-9]+$") and not fork', require: qa }
          off: { when: base("old"), require: qa, mode: 'off' }
          later: { when: base("next"), require: qa, mode: 'off', until: 2026-12-01 }
          listed: { checklist: [ { item: notes, by: qa, when: base("docs") } ] }
          shown: { require: qa or clear("part"), advisory: not base("edge") }
        parts:
          part: { when: base("one"), require: not base("two") or qa }
        """

    @Test func namedOnes() throws {
        #expect(try Story.policy(Self.text).namedBases == ["main", "stable", "next", "docs", "edge", "one", "two"])
    }

    /// What stands under a `not` is left out: such a gate is for all others, which only the list of branches tells.
    @Test(arguments: [
        (#"base("main")"#, false), (#"not base("main")"#, true), (#"not (base("main") or fork)"#, true),
        (#"not not base("main")"#, false), ("not fork", false), (#"fork and not base("main", "dev")"#, true),
    ])
    func otherOnes(_ when: String, _ areSpokenOf: Bool) throws {
        let policy = try Story.policy("version: 1\ngates:\n  a: { when: '\(when)', require: qa }\n")
        #expect(policy.speaksOfOtherBases == areSpokenOf)
        #expect(policy.speaksOfBasesByPattern == areSpokenOf)
    }

    @Test(arguments: [
        ("main", true), ("release/1", true), ("stable", true), ("next", true), ("docs", true), ("v12", true),
        ("edge", true), ("one", true), ("two", true),
        ("v1x", false), ("old", false),
        ("feature", false), ("Main", false),
    ])
    func spokenOf(_ branch: String, _ isSpokenOf: Bool) throws {
        #expect(try Story.policy(Self.text).speaks(ofBase: branch) == isSpokenOf)
    }
}
