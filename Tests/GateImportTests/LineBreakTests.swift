import GateImport
import GatePolicy
import Testing

/// A file's name may hold the end of a line: what it means is what Go's expressions mean.
@Suite struct LineBreakTests {
    private static func passes(_ rule: String, _ path: String) throws -> Bool {
        let text =
            "policy: { approval: [{ or: [light, heavy] }] }\napproval_rules:\n"
            + "  - { name: heavy, requires: { count: 1, admins: true } }\n  - { name: light, if: { \(rule) } }\n"
        let policy = try #require(Import.policyBot(text, file: "p").policy)
        let (read, diagnostics) = PolicyReader.read(policy, file: "p", digest: "")
        let verdict = try #require(read, "\(policy)\n\(diagnostics.rendered)").evaluate(
            try EquivalenceTests.facts([path]), asksWhoCanSign: false)
        return verdict.gates.allSatisfy { $0.outcome.status == .success }
    }

    @Test(arguments: [
        ("only_changed_files: { paths: ['^docs/.*$'] }", "docs/x", true),
        ("only_changed_files: { paths: ['^docs/.*$'] }", "docs/x\ny", false),
        ("only_changed_files: { paths: ['^docs/.*'] }", "docs/x\ny", true),
        ("only_changed_files: { paths: ['.*[.]md$'] }", "a\nb.md", true),
        ("only_changed_files: { paths: ['(?s)^docs/.*$'] }", "docs/x\ny", true),
        ("changed_files: { paths: ['^docs/.*$'] }", "docs/x\ny", false),
        ("no_changed_files: { paths: [''], ignore: ['^docs/.*$'] }", "docs/x", true),
        ("no_changed_files: { paths: [''], ignore: ['^docs/.*$'] }", "docs/x\ny", false),
    ]) func isGo(_ rule: String, _ path: String, _ wanted: Bool) throws {
        #expect(try Self.passes(rule, path) == wanted)
    }

    /// The flag before it makes no expression one that matches anywhere.
    @Test func isTiedToBothEnds() throws {
        let rule =
            "{ name: r, if: { only_changed_files: { paths: ['^docs/.*$'] } }, requires: { count: 1, admins: true } }"
        let text = "policy: { approval: [r] }\napproval_rules: [\(rule)]"
        let policy = try #require(Import.policyBot(text, file: "p").policy)
        #expect(policy.contains("(?-s)^docs/"))
        let diagnostics = PolicyReader.read(policy, file: "p", digest: "").diagnostics
        #expect(!diagnostics.contains { $0.message.contains("searches anywhere") }, "\(diagnostics.rendered)")
    }
}
