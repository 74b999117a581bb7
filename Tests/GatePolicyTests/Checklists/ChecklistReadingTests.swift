import Testing

@testable import GatePolicy

/// Mistakes in checklists and aliases.
@Suite("Checklists: mistakes in a policy")
struct ChecklistReadingTests {
    private static func errors(_ items: String, _ more: String = "") -> [String] {
        let text = "version: 1\ngates:\n  sop:\n    checklist:\n\(items)\n\(more)"
        return PolicyReader.read(text, file: "p.yml", digest: "").diagnostics
            .filter { $0.severity == .error }.map(\.message)
    }

    static let mistakes: [(String, String)] = [
        ("      - { item: a }", "the item `a` has no `by`, so nobody could acknowledge it"),
        ("      - { by: qa }", "the item has no name"),
        ("      - { item: a, by: qa, who: b }", "an item of a checklist has no key `who`"),
        ("      - { item: a, by: qa }\n      - { item: a, by: qa }", "the name `a` is taken on line 5"),
        ("      - { item: sop, by: qa }", "the name `sop` is taken on line 3"),
        (
            "      - { item: a_b, by: qa }\n      - { item: a-b, by: qa }",
            "in a command `a-b` and `a_b` are the same name"
        ),
        ("      - { item: a, number: 1, by: qa }\n      - { item: b, number: 01, by: qa }", "the number 1 is `a`'s"),
        ("      - { item: a, number: x, by: qa }", "`number` is a number of at most 9 digits, not `x`"),
        ("      - { item: 12, by: qa }", "`12` cannot name an item"),
        ("      - { item: a, ask: '**', by: qa }", "`ask` has no text besides marks"),
        (
            "      - { item: a, ask: Testing, by: qa }\n      - { item: b, ask: '# TESTING:', by: qa }",
            "`a` has the same `ask` as `b`"
        ),
        ("      - { item: a, by: lines < 3 }", "this can be met without anybody's `/ack`"),
        ("      - { item: a, by: qa or lines < 3 }", "this can be met without anybody's `/ack`"),
        ("      - { item: a, by: author }", "a signature of `author` does not count, so this could never be met"),
    ]

    @Test(arguments: mistakes) func mistake(_ items: String, _ message: String) {
        #expect(Self.errors(items).contains(message), "\(Self.errors(items))")
    }

    @Test func anItemIsNoGate() {
        let more = "  other: { require: gate(\"a\") }"
        #expect(Self.errors("      - { item: a, by: qa }", more) == ["there is no gate or part `a`"])
    }

    @Test func aChecklistIsAList() {
        let text = "version: 1\ngates:\n  sop:\n    checklist: []\n"
        #expect(PolicyReader.read(text, file: "p.yml", digest: "").policy == nil)
    }

    static let aliases: [(String, String)] = [
        ("ack: recheck", "`ack` is built in and cannot be redefined"),
        ("sop: approve", "an alias stands for a built-in command, and `approve` is none"),
        ("sop: /ack", "an alias stands for a built-in command, and `/ack` is none"),
        ("a: ack\n    A: waive", "commands are read without regard to case, and `a` stands here already"),
        ("'a b': ack", "`a b` cannot be typed as a command"),
        ("a: ack\n    b: a", "an alias stands for a built-in command, and `a` is none"),
        ("look: recheck spo", "there is no `spo` here: did you mean `sop`?"),
        ("look: waive a", "`a` is an item of the checklist, not a gate: write `/ack a`"),
    ]

    @Test(arguments: aliases) func alias(_ alias: String, _ message: String) {
        let more = "commands:\n  aliases:\n    \(alias)\n"
        let errors = Self.errors("      - { item: a, by: qa }", more)
        #expect(errors == [message])
    }

    @Test func whatIsFine() {
        let more = "commands: { aliases: { sop-n/a: waive, look: recheck sop, one: ack a } }"
        #expect(Self.errors("      - { item: a, number: 1, ask: Testing, by: qa and leads }", more).isEmpty)
    }
}
