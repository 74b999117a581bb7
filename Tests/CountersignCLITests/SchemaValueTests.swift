import GatePolicy
import Testing
import Yams

/// Each value at each place of a policy: an editor that has the schema and the reader agree on its form.
@Suite struct SchemaValueTests {
    /// What stands at a place.
    private enum Content {
        /// Something of which the form says all.
        case form
        /// People, a condition, a requirement, a name or a pattern: of a text the reader knows more than an editor.
        case text
    }

    private static let start = "gates: { a: { require: qa } }\n"
    private static let both = "gates: { a: { require: qa }, b: { require: qa } }\n"

    private static func gate(_ keys: String) -> String { "gates: { a: { require: qa, \(keys) } }" }
    private static func item(_ keys: String) -> String { "gates: { a: { checklist: [ { \(keys) } ] } }" }
    private static func block(_ keys: String) -> String { gate("block: { by: qa, \(keys) }") }
    private static func approvals(_ keys: String) -> String { gate("approvals: { \(keys) }") }

    private static let forms: [String] = [
        gate("description: %"), gate("context: %"), item("item: x, by: qa, ask: %"), item("item: x, by: qa, number: %"),
        gate("waive: { by: qa, reason: % }"), gate("waive: %"), gate("mode: %"), gate("mode: off, until: %"),
        gate("open: %"), gate("distinct: %"), gate("locked: %"), approvals("stale: %"), approvals("author: %"),
        approvals("committers: %"), approvals("comments: %"),
        block("stale: %"), block("comments: %"), block("revoke: %"),
        block("revoke: { comments: % }"),
        "gates: { a: { checklist: % } }", "gates: { a: { checklist: [ % ] } }", "gates: %", "gates: { a: % }",
        start + "groups: %", start + "commands: %", start + "policy: %", both + "distinct: %",
    ]

    private static let texts: [String] = [
        start + "groups: { g: % }", gate("when: %"), "gates: { a: { require: % } }", item("item: %, by: qa"),
        item("item: x, by: %"), item("item: x, by: qa, when: %"), gate("block: %"), gate("block: { by: % }"),
        gate("waive: { by: % }"), gate("advisory: %"), approvals("ignore_commits_by: %"),
        "gates: { a: { require: 'gate(\"p\")' } }\nparts: { p: { require: % } }",
        "gates: { a: { require: 'clear(\"p\") and qa' } }\nparts: { p: { require: qa, when: % } }",
        approvals("comments: x, reviews: %"), block("comments: x, reviews: %"),
        block("revoke: { comments: x, reviews: % }"), start + "commands: { aliases: { x: % } }",
        start + "policy: { require: % }",
    ]

    private static let values = [
        "1", "0", "-1", "1.5", "1e3", "1234567890", "\"5\"", "\"0\"", "\"000\"", "\"07\"", "\"1234567890\"", "true",
        "false", "\"true\"", "null", "~", "", "\"\"", "\" \"", "yes", "qa", "a b", "policy", "enforce", "off",
        "\"off\"", "strict", "required", "none", "exact-head", "2026-12-01", "2026-13-01", "2026-12-40", "[]", "[qa]",
        "[a, b]", "[a, qa]", "[[a, b]]", "[[]]", "[\"\"]", "[\" \"]", "[1, 2]", "[true]", "{}", "{ a: b }",
        "{ by: qa }", "{ require: qa }", "{ p: { require: qa } }", "{ 1: { require: qa } }", "{ item: x, by: qa }",
        "[{ item: x, by: qa }]",
    ]

    /// What an editor cannot see: that a text between quotes is no flag, that a name is none of a gate or is a word of
    /// the language, and what is `off` in YAML 1.1.
    private static let known: Set<String> = [
        approvals("comments: \"true\""), block("comments: \"true\""), block("revoke: { comments: \"true\" }"),
        gate("mode: false"), both + "distinct: [a, qa]", both + "distinct: [1, 2]", start + "groups: { a: b }",
        start + "groups: { by: qa }", start + "groups: { item: x, by: qa }",
    ]

    @Test func theyAgree() throws {
        var disagreements: [String] = []
        var count = 0
        for (place, content) in Self.forms.map({ ($0, Content.form) }) + Self.texts.map({ ($0, .text) }) {
            for value in Self.values {
                let policy = place.replacing("%", with: value)
                guard !Self.known.contains(policy), let node = try? Yams.compose(yaml: "version: 1\n\(policy)\n")
                else { continue }
                let read = PolicyReader.read("version: 1\n\(policy)\n", file: "p.yml", digest: "")
                let isTaken = read.policy != nil
                let violations = Schema.policy.check(PolicyValue.asWritten(node)).violations
                count += 1
                if isTaken == violations.isEmpty { continue }
                switch (content, PolicyValue.scalar(value)) {
                // A whole number is a slip, however it is written; as the name of somebody it stands in quotes.
                case (.text, .number(let number)) where isTaken && number == number.rounded(): continue
                case (.text, .text) where !isTaken && !value.hasPrefix("[") && !value.hasPrefix("{"): continue
                default: break
                }
                let told =
                    violations.map(\.description) + read.diagnostics.filter { $0.severity == .error }.map(\.message)
                disagreements.append("\(policy) is \(isTaken ? "" : "not ")taken: \(told.first ?? "")")
            }
        }
        #expect(disagreements == [])
        #expect(count > 2000)
    }
}
