import GateImport
import GatePolicy
import Testing

/// Odd values: what is written our own reader takes, and what it would not take is refused.
@Suite struct ReadableTests {
    @Test(arguments: [
        "requires: { count: 1, users: ['123'] }", "requires: { count: 1, teams: ['1/2'] }",
        "requires: { count: 1, users: ['a.', 'b-', 'c_'] }",
        "requires: { count: 1, teams: [o/t] }\n    options: { ignore_commits_by: { users: ['123'] } }",
        "requires: { count: 1, teams: [o/t] }\n    options: { ignore_commits_by: { teams: [o/t] } }",
        "requires: { count: 1, teams: [o/t] }\n    options: { ignore_commits_by: { permissions: [read] } }",
        "requires: { count: 1, teams: [o/t] }\n    options: { ignore_commits_by: { permissions: [write] } }",
        "requires: { count: 1, teams: [o/t] }\n    options: { ignore_commits_by: { organizations: [o] } }",
        "requires: { count: 1, teams: [o/t], conditions: { has_author_in: { permissions: [read] } } }",
        "requires: { count: 1, teams: [o/t], conditions: { has_valid_signatures_by: { permissions: [read] } } }",
        "requires: { count: 1, teams: [o/t], conditions: { only_has_contributors_in: { permissions: [read] } } }",
        "requires: { count: 1, teams: [o/t], conditions: { has_labels: [' '] } }",
        "requires: { count: 1, teams: [o/t], conditions: { has_labels: [''] } }",
        "requires: { count: 1, teams: [o/t], conditions: { has_successful_status: [''] } }",
        "requires: { count: 1, teams: [o/t], conditions: { has_successful_status: ['countersign: main'] } }",
        "requires: { count: 150, teams: [o/t] }", "requires: { count: 1000, permissions: [write] }",
        "requires: { count: 999999999, teams: [o/t] }",
        "requires: { count: 1, teams: [o/t], conditions: { modified_lines: { total: '> 999999999' } } }",
        "requires: { count: 1, teams: [o/t] }\n    options: { methods: { comments: ['!'] } }",
        "requires: { count: 1, teams: [o/t] }\n    options: { methods: { comments: ['!x', 're:x', ' x '] } }",
        "requires: { count: 1, teams: [o/t] }\n    options: { methods: { comment_patterns: ['!x'] } }",
        "requires: { count: 1, teams: [o/t], conditions: { has_valid_signatures_by_keys: { key_ids: ['3AA5C34371567BD2'] } } }",
    ]) func isReadOrRefused(_ body: String) {
        let text = "policy: { approval: [r] }\napproval_rules:\n  - name: r\n    \(body)\n"
        let result = Import.policyBot(text, file: "p")
        guard let policy = result.policy else {
            #expect(result.warnings.contains { $0.severity == .error && $0.rule == "r" })
            return
        }
        KeyTests.expectAccepted(policy)
    }
}
