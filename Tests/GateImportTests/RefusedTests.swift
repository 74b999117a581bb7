import GateImport
import Testing

/// What has no safe form: an error that names it, and no policy.
@Suite struct RefusedTests {
    private static func rule(_ body: String) -> String {
        "policy: { approval: [r] }\napproval_rules:\n  - name: r\n\(body)\n"
    }

    /// So many conjunctions in one another.
    private static func nested(_ depth: Int) -> String {
        let open = (0..<depth).map { $0.isMultiple(of: 2) ? "{ or: [" : "{ and: [" }.joined()
        return "policy: { approval: [\(open)r\(String(repeating: "] }", count: depth))] }\n"
            + "approval_rules: [{ name: r, requires: { count: 1, admins: true } }]"
    }

    /// policy-bot reads nine, and refuses ten.
    @Test func nineConjunctionsAreRead() {
        #expect(Import.policyBot(Self.nested(9), file: "p").policy != nil)
    }

    /// A file, and the key its error names.
    static let cases: [(String, String)] = [
        ("", "file"),
        ("# nothing", "file"),
        ("[1, 2]", "file"),
        ("a: *x\nb: &x [1]", "file"),
        ("a: &x [1]\n? [*x]\n: b", "file"),
        ("a: &x [1]\nb: [*x : c]", "file"),
        ("a: &x [1]\nb: { [*x]:c }", "file"),
        ("a: &x [1]\nb: { <<: *x }", "file"),
        ("a: &x { k: { l: 1 } }\nb: { <<: *x, k: { m: 1 } }", "file"),
        ("a: &x { k: 1 }\nb: { k: 2, <<: *x }", "file"),
        ("policy: {}\npolicy: {}", "file"),
        ("policy: { approval: [!!binary Ym9i] }", "file"),
        ("policy: { approval: !!set { a } }", "file"),
        ("policy: !mine { approval: [] }", "file"),
        ("a: 1\n---\nb: 2", "file"),
        ("policy: [", "file"),
        ("? [a]\n: b", "file"),
        ("remote: acme/policies\npath: p.yml", "remote"),
        ("approval_defaults: { requires: {} }", "approval_defaults"),
        ("approval_defaults: { options: [a] }\npolicy: { approval: [] }", "options"),
        ("disapproval: {}", "file"),
        ("approval_rules: []", "policy.approval"),
        ("policy:\n  approval: []", "policy.approval"),
        ("policy: { approval: [r] }", "policy.approval"),
        ("policy: { approval: [{ or: [], and: [] }] }", "policy.approval"),
        ("policy: { approval: [{ or: [] }] }", "policy.approval"),
        ("policy: { approval: [[a]] }", "policy.approval"),
        ("policy: { approval: [r], x: 1 }", "policy"),
        (rule("    organization: acme"), "approval_rules"),
        (rule("    requires: { counts: 1 }"), "requires"),
        (rule("    requires: { count: many }"), "count"),
        (rule("    requires: { count: 99999999999 }"), "count"),
        (rule("    requires: { count: 010, admins: true }"), "count"),
        (rule("    requires: { count: 1, teams: [core] }"), "teams"),
        (rule("    requires: { count: 1, users: ['a b'] }"), "users"),
        (rule("    requires: { count: 1, users: alice }"), "users"),
        (rule("    requires: { count: 1, permissions: [maintain] }"), "permissions"),
        (rule("    requires: { count: 1, permissions: [triage, admin] }"), "permissions"),
        (rule("    requires: { count: 1, permissions: [push] }"), "permissions"),
        (rule("    requires: { count: 1, organizations: [acme/core] }"), "organizations"),
        (rule("    requires: { count: 1, organizations: [acme, partners] }"), "organizations"),
        (
            rule("    requires: { count: 1, conditions: { has_workflow_result: { workflows: [a] } } }"),
            "has_workflow_result"
        ),
        (rule("    if: { modified_lines: { total: '>= 3' } }"), "total"),
        (rule("    if: { has_labels: ['a*'] }"), "has_labels"),
        (nested(10), "policy.approval"),
        (rule("    if: { modified_lines: { total: '< 1 00' } }"), "total"),
        (rule("    if: { changed_file: {} }"), "if"),
        (rule("    if: { changed_files: { paths: [\"a\\nb\"] } }"), "paths"),
        (rule("    if: { author_is_only_contributor: maybe }"), "author_is_only_contributor"),
        (rule("    if: { has_valid_signatures_by_keys: { key_ids: ['71567BD2'] } }"), "key_ids"),
        (
            rule(
                "    if: { has_valid_signatures_by_keys: { key_ids: ['SHA256:\(String(repeating: "a", count: 43))'] } }"
            ),
            "key_ids"
        ),
        (rule("    options: { ignore_commits_by: { permissions: [read] } }"), "ignore_commits_by"),
        (rule("    options: { allow_authors: true }"), "options"),
        (rule("    options: { methods: { review: true } }"), "methods"),
        (
            "policy: { approval: [r], disapproval: { requires: { permissions: [read] } } }\n"
                + "approval_rules: [{ name: r, requires: { count: 1, admins: true } }]", "policy.disapproval"
        ),
    ]

    @Test(arguments: ["a: @b", "a: *.md"]) func aSignWithoutQuotesIsExplained(_ text: String) {
        #expect(Import.policyBot(text, file: "p").warnings.contains { $0.hint?.contains("in quotes") == true })
    }

    @Test(arguments: cases) func isRefusedByName(_ text: String, _ key: String) {
        let result = Import.policyBot(text, file: ".policy.yml")
        #expect(result.policy == nil)
        let errors = result.warnings.filter { $0.severity == .error }
        #expect(errors.contains { $0.key == key }, "\(result.warnings.rendered(file: "p"))")
        for error in errors { #expect(error.line != nil) }
    }

    /// A list that policy-bot cannot read is no empty one.
    @Test(arguments: [
        "policy: { approval: { or: [r] } }", "policy: { approval: [r] }", "policy: { aproval: [r] }", "aproval: [r]",
    ]) func nothingIsAskedIsSaidOnlyOfWhatIsEmpty(_ text: String) {
        let notices = Import.policyBot(text, file: "p").warnings
        #expect(!notices.isEmpty && !notices.contains { $0.message.contains("approves everything") }, "\(notices)")
    }

    @Test(arguments: [
        "", "[]", "items: []", "items: [{ required_teams: [a] }]", "items: [{ slug: a }]",
        "items: [{ slug: a, required_teams: [writers] }]", "items: [{ slug: a, required_teams: ['a b'] }]",
        "items: [{ slug: a, required_teams: [q] }, { slug: a, required_teams: [q] }]",
        "items: [{ slug: a, required_teams: [q] }]\ndefault_mode: loud",
        "items: [{ slug: a, required_teams: [q] }]\ntier_failure_mode: { x: loud }",
        "items: [{ slug: a, required_teams: [q] }]\nn/a_gates: { g: {} }",
    ]) func checklistIsRefused(_ text: String) {
        let result = Import.checklist(text, file: "c.yml")
        #expect(result.policy == nil)
        #expect(result.warnings.contains { $0.severity == .error })
        MessageTests.check(result.warnings)
    }

    @Test(arguments: [
        "", "# only a comment", "no colon", ": a", "x:", "x: a AND", "x: a b", "x: a or b", "x: ,a", "x: ???",
        "x: a\nX: b", "x: writers", "x*: a", "x: a|b", "tier:high\ntier:low: a", "Tier:low: a\ntier:high",
    ]) func tierIsRefused(_ text: String) {
        let result = Import.tiers(text, file: "t")
        #expect(result.policy == nil)
        #expect(result.warnings.contains { $0.severity == .error })
        MessageTests.check(result.warnings)
    }
}
