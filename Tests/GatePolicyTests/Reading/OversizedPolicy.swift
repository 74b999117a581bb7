@testable import GatePolicy

/// Policies that are over one limit each, or hold what no text file can: too big to stand in a fixture.
enum OversizedPolicy: String, CaseIterable, Sendable {
    case bytes, notText = "not-text", gates, gatesOfTwoFiles = "gates-of-two-files", items, aliases, set, sets, groups
    case parentheses, distinct, patterns, findings, equalKeys = "equal-keys", files, nodes

    var diagnostics: [Diagnostic] {
        switch self {
        case .bytes: read(gate("a", "require: qa") + "# " + String(repeating: "x", count: PolicyLimits.bytes))
        case .notText:
            PolicyReader.read(Array("version: 1\ngates:\n  ".utf8) + [0xFF], file: Self.file, digest: "").diagnostics
        case .gates: read("gates:\n" + lines(PolicyLimits.gates + 1) { "  gate-\($0): { require: qa }" })
        case .gatesOfTwoFiles:
            Files(["base.yml": text("gates:", lines(101) { "  base-\($0): { require: qa }" })]).compose(
                text("include: [base.yml]", "gates:", lines(101) { "  own-\($0): { require: qa }" })
            ).diagnostics
        case .items:
            read(gate("a", "checklist:") + lines(PolicyLimits.items + 1) { "    - { item: item-\($0), by: qa }" })
        case .aliases:
            read(
                gate("a", "require: qa") + "commands:\n  aliases:\n"
                    + lines(PolicyLimits.aliases + 1) { "    a\($0): why" })
        case .set: read(gate("a", "require: \(names(PolicyLimits.people + 1))"))
        case .sets:
            read(
                "groups: { everybody: '\(names(PolicyLimits.people))' }\ngates:\n"
                    + lines(PolicyLimits.allPeople / PolicyLimits.people + 1) { "  gate-\($0): { require: everybody }" }
            )
        case .groups:
            read(
                "groups:\n" + lines(PolicyLimits.depth + 2) { "  g\($0): g\($0 + 1)" }
                    + "  g\(PolicyLimits.depth + 3): '@alice'\n" + gate("a", "require: g1"))
        case .parentheses:
            read(gate("a", "require: \(repeated("("))qa\(repeated(")"))"))
        case .distinct:
            read(
                "gates:\n" + lines(PolicyLimits.distinctCounts + 1) { "  gate-\($0): { require: team-\($0) }" }
                    + "distinct:\n" + lines(PolicyLimits.distinctCounts + 1) { "  - gate-\($0)" })
        case .patterns:
            read("gates:\n" + lines(21) { "  gate-\($0): { when: 'title(\"\(Self.bigPattern($0))\")', require: qa }" })
        case .findings: Array(read("gates:\n" + lines(120) { "  gate-\($0): { requires: qa }" }).suffix(2))
        case .equalKeys: read(gate("a", "require: qa") + lines(25) { _ in "  a: { require: qa }" })
        case .nodes: read("groups:\n" + lines(5000) { "  g\($0): qa" } + gate("a", "require: qa"))
        case .files:
            Files(
                Dictionary(
                    uniqueKeysWithValues: (1...10).map { number in
                        ("f\(number).yml", text("gates: { g\(number): { require: qa } }"))
                    })
            ).compose(text("include: [\((1...10).map { "f\($0).yml" }.joined(separator: ", "))]")).diagnostics
        }
    }

    private static let file = "countersign.yml"

    private func read(_ body: String) -> [Diagnostic] {
        PolicyReader.read("version: 1\n" + body, file: Self.file, digest: "").diagnostics
    }

    private func gate(_ name: String, _ keys: String) -> String { "gates:\n  \(name):\n    \(keys)\n" }

    private func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (1...count).map { line($0) + "\n" }.joined()
    }

    private func repeated(_ text: String) -> String { String(repeating: text, count: PolicyLimits.depth + 2) }

    private func names(_ count: Int) -> String { (1...count).map { "t\($0)" }.joined(separator: " | ") }

    /// One of its kind, of about ten thousand instructions.
    private static func bigPattern(_ number: Int) -> String { "re:(abcdefgh\(number + 10)){1000}" }
}
