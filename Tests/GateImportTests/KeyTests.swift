import GateImport
import GatePolicy
import Testing

/// One key at a time: what is written for it where it asks for more, and where it can only help.
@Suite struct KeyTests {
    private static func policy(_ body: String) -> String {
        "policy: { approval: [r] }\napproval_rules:\n  - name: r\n    \(body)\n"
    }

    private static let quota = "requires: { count: 1, teams: [acme/core] }"

    /// A predicate, its condition in `when`, and its condition in `require`.
    static let predicates: [(String, String, String)] = [
        ("changed_files: { paths: ['^a/'], ignore: ['^a/b'] }", #"changes("re:^a/", "!re:^a/b")"#, ""),
        ("changed_files: { paths: [''] }", #"changes("re:^")"#, ""),
        // `.` is no end of a line in Go.
        (
            "changed_files: { paths: ['^a/.*$', '.*.b', '^a/.*'], ignore: ['^d/.*$'] }",
            #"changes("re:(?-s)^a/.*$", "re:(?-s).*.b", "re:^a/.*", "!re:(?-s)^d/.*$")"#, ""
        ),
        (
            #"only_changed_files: { paths: ['.*\.md$', '^d/.+$'] }"#,
            ##"changes_only("re:.*\.md$", "re:(?-s)^d/.+$")"##, ""
        ),
        ("no_changed_files: { paths: ['^a/'] }", #"not changes("re:^a/")"#, ""),
        ("only_changed_files: { paths: ['^a/', '^b/'] }", #"changes_only("re:^a/", "re:^b/")"#, ""),
        ("has_author_in: { users: [a, A], teams: [o/t] }", "author(@a | @o/t)", ""),
        ("has_contributor_in: { users: [a] }", "author(@a) or any_committer(@a)", ""),
        (
            "only_has_contributors_in: { users: [a] }", "author(@a) and not any_committer(anyone - @a)",
            "author(@a) and all_committers(@a)"
        ),
        ("author_is_only_contributor: true", "not any_committer(anyone - author)", "all_committers(author)"),
        ("author_is_only_contributor: no", "not all_committers(author)", "any_committer(writers - author)"),
        ("targets_branch: { pattern: '^main$' }", #"base("re:^main$")"#, ""),
        ("from_branch: { pattern: '^x' }", #"head("re:^x")"#, ""),
        // An empty expression matches everything.
        ("targets_branch: { pattern: '' }", #"base("re:^")"#, ""),
        ("from_branch: { pattern: '' }", #"head("re:^")"#, ""),
        (
            "has_valid_signatures_by_keys: { key_ids: [3AA5C34371567BD2] }", #"signed_with("3AA5C34371567BD2")"#, ""
        ),
        ("modified_lines: { additions: '> 5', total: '= 7' }", "additions > 5 or lines = 7", ""),
        (
            "has_status: { statuses: [a, b], conclusions: [success, pending] }",
            #"status("a", "b") in (success, pending)"#, #"status("a", "b" from status-posters) in (success, pending)"#
        ),
        ("has_successful_status: [a]", #"status("a")"#, #"status("a" from status-posters)"#),
        ("has_labels: [a, b]", #"label("a", "b")"#, #"label("a", "b" by labellers)"#),
        ("repository: { matches: [a], not_matches: [b] }", #"repository("re:a") or not repository("re:b")"#, ""),
        ("title: { not_matches: [WIP] }", #"not title("re:WIP")"#, ""),
    ]

    @Test(arguments: predicates) func predicate(_ text: String, _ hinders: String, _ helps: String) throws {
        // Beside a rule that always applies, `if` asks for more.
        let first = Import.policyBot(
            Self.policy("if: { \(text) }\n    \(Self.quota)").replacing("[r]", with: "[r, s]")
                + "  - { name: s, \(Self.quota) }\n", file: "p")
        let when = try #require(first.policy)
        #expect(Self.value("when", in: when) == hinders)
        Self.expectAccepted(when)
        // In `conditions` it can only help.
        let second = Import.policyBot(
            Self.policy("requires: { count: 1, teams: [acme/core], conditions: { \(text) } }"), file: "p")
        let require = try #require(second.policy)
        let wanted = helps.isEmpty ? hinders : helps
        let inner = wanted.contains(" or ") ? "(\(wanted))" : wanted
        #expect(Self.value("require", in: require) == "@acme/core and \(inner)")
        Self.expectAccepted(require)
    }

    /// Without values policy-bot's predicates are always or never satisfied.
    @Test(arguments: [
        ("changed_files: {}", false), ("no_changed_files: {}", true), ("only_changed_files: { paths: [] }", false),
        ("has_author_in: {}", false), ("has_contributor_in: {}", false), ("only_has_contributors_in: {}", false),
        ("targets_branch: {}", false), ("from_branch: { pattern: }", false), ("modified_lines: {}", false),
        ("has_status: { statuses: [] }", true), ("has_successful_status: []", true), ("has_labels: []", true),
        ("repository: {}", false), ("title: {}", false), ("has_valid_signatures_by: {}", false),
    ]) func vacuous(_ text: String, _ holds: Bool) throws {
        let result = Import.policyBot(
            Self.policy("requires: { count: 1, teams: [acme/core], conditions: { \(text) } }"), file: "p")
        let policy = try #require(result.policy)
        #expect(Self.value("require", in: policy)?.contains("never(") == !holds)
        #expect(result.warnings.contains { $0.message.contains(holds ? "always satisfied" : "never satisfied") })
        Self.expectAccepted(policy)
    }

    /// `requires` and `options`: what is written for them.
    @Test(arguments: [
        ("requires: { count: 2, users: [a, b] }", "require: 2 of (@a | @b)"),
        ("requires: { count: 1, admins: true }", "require: admins"),
        ("requires: { count: 1, write_collaborators: true }", "require: writers"),
        ("requires: { count: 1, permissions: [Admin] }", "require: admins"),
        ("requires: { count: 1, permissions: [maintain, write] }", "require: writers"),
        ("requires: { count: 1, permissions: [admin, maintain] }", "require: admins"),
        ("requires: { count: 1, permissions: [maintain], admins: true }", "require: admins"),
        ("requires: { count: 1, permissions: [maintain], write_collaborators: true }", "require: writers"),
        ("requires: { count: 1, permissions: [read] }", "open: true"),
        ("requires: { count: 1, permissions: [none] }", "require: readers\n"),
        ("requires: { count: 1, users: [a, b, c, d], permissions: [read] }", "1 of (@a | @b | @c | @d | readers)"),
        ("requires: { count: 1, users: [a, b, c, d] }", "r-people: '@a | @b | @c | @d'"),
        ("requires: { count: 1, organizations: [acme] }", "require: org_members"),
        ("requires: { count: 1, teams: [o/t] }", "require: '@o/t'"),
        ("requires: { count: 1, teams: [o/t] }", "stale: keep"),
        ("requires: { count: 1, teams: [o/t] }", "block: none"),
        ("requires: { count: 1, teams: [o/t] }\n    options: { invalidate_on_push: true }", "stale: exact-head"),
        (
            "requires: { count: 1, teams: [o/t] }\n    options: { allow_contributor: true }",
            "author: true, committers: true"
        ),
        (
            "requires: { count: 1, teams: [o/t] }\n    options: { allow_author: true }",
            "1 of (@o/t - (committers - author))"
        ),
        (
            "requires: { count: 1, teams: [o/t] }\n    options: { allow_non_author_contributor: true }",
            "{ stale: keep, committers: true, comments:"
        ),
        ("requires: { count: 1, teams: [o/t] }", "comments: ['*:+1:*', '*👍*']"),
        (
            "requires: { count: 1, teams: [o/t] }\n    options: { methods: { comments: [], github_review: true } }",
            "approvals: { stale: keep }"
        ),
        (
            "requires: { count: 1, teams: [o/t] }\n    options: { methods: { comments: [ok], github_review: false } }",
            "reviews: false, comments: ['*ok*']"
        ),
        (
            "requires: { count: 1, teams: [o/t] }\n    options: { methods: { github_review: false, "
                + "github_review_comment_patterns: ['^ok'] } }", "reviews: ['re:^ok']"
        ),
        (
            "requires: { count: 2, teams: [o/t] }\n    options: { allow_author: true, methods: { body_patterns: [x] } }",
            #"(body("re:x") and author(@o/t) and 1 of (@o/t - (committers | author)))"#
        ),
        ("requires: { count: 1 }", "never("), ("requires: { count: 2, users: [a] }", "never("),
        ("requires: { count: 0 }", "base(\"*\")"), ("description: x", "base(\"*\")"),
    ]) func rule(_ body: String, _ wanted: String) throws {
        let result = Import.policyBot(Self.policy(body), file: "p")
        let policy = try #require(result.policy)
        #expect(policy.contains(wanted), "\(policy)")
        Self.expectAccepted(policy)
    }

    @Test func aTeamCalledReadersOpensNothing() throws {
        let result = Import.policyBot(Self.policy("requires: { count: 1, teams: [acme/readers] }"), file: "p")
        #expect(try #require(result.policy).contains("open:") == false)
    }

    /// What is left out or different is said, with its key.
    @Test(arguments: [
        ("options: { request_review: { enabled: true } }", "request_review"),
        ("options: { ignore_edited_comments: true }", "ignore_edited_comments"),
        ("options: { methods: { body_patterns: [x] } }", "body_patterns"),
        (
            "requires: { count: 1, admins: true }\n    options: { allow_author: true, methods: { body_patterns: [x] } }",
            "body_patterns"
        ),
        ("options: { methods: { comments: [''] } }", "comments"),
        ("options: { methods: { comment_patterns: [''] } }", "comment_patterns"),
        ("options: { methods: { comments: [ok, '/ack'] } }", "comments"),
        ("options: { methods: { comments: ['> yes'] } }", "comments"),
        ("options: { methods: { comments: ['<!-- a -->'] } }", "comments"),
        ("options: { methods: { comments: ['1. ok'] } }", "comments"),
        ("options: { methods: { comments: [' LGTM '] } }", "comments"),
        ("options: { methods: { comment_patterns: [ok, '^LGTM$'] } }", "comment_patterns"),
        (
            "options: { methods: { github_review_comment_patterns: ['ok\\z'] } }", "github_review_comment_patterns"
        ),
        (
            "options: { allow_author: true, invalidate_on_push: true, methods: { body_patterns: [x] } }",
            "body_patterns"
        ),
        ("options: { invalidate_on_push: true, ignore_update_merges: true }", "ignore_update_merges"),
        ("requires: { count: 1, users: ['x[bot]'] }", "users"),
        ("requires: { count: 1, organizations: [acme] }", "organizations"),
        ("requires: { count: 1, permissions: [read] }", "permissions"),
        ("requires: { count: 1, permissions: [admin, maintain] }", "permissions"),
        ("requires: { count: -3 }", "count"),
        ("if: { title: { matches: [a] } }\n    requires: { count: 1, admins: true }", "title"),
        ("if: { has_labels: [a] }\n    requires: { count: 1, admins: true }", "has_labels"),
        ("if: { has_successful_status: [a] }", "has_successful_status"),
        ("if: { has_status: { statuses: [a], conclusions: [skipped] } }", "conclusions"),
    ]) func saysWhatIsDifferent(_ body: String, _ key: String) {
        let result = Import.policyBot(Self.policy(body), file: "p")
        #expect(result.policy != nil)
        #expect(result.warnings.contains { $0.key == key && $0.rule == "r" && $0.line != nil }, "\(result)")
    }

    /// What is weaker than policy-bot, or may be, is never told in a note alone.
    @Test(arguments: [
        ("if: { has_valid_signatures_by: { teams: [acme/core] } }", "teams", "child teams are not in them"),
        (
            "requires: { conditions: { has_author_in: { users: ['x[bot]'] } } }", "has_author_in",
            "none of its values can be found here"
        ),
        (
            "requires: { conditions: { has_status: { statuses: [a], conclusions: [cancelled] } } }", "has_status",
            "none of its values can be found here"
        ),
        (
            "if: { has_valid_signatures_by_keys: { key_ids: [3aa5c34371567bd2] } }", "key_ids",
            "only the same text as GitHub's id"
        ),
        (
            "if: { has_valid_signatures_by_keys: { key_ids: [CF3AAE8D3D6C6D1C1A0A63A03AA5C34371567BD2] } }", "key_ids",
            "only the same text as GitHub's id"
        ),
    ]) func warns(_ body: String, _ key: String, _ words: String) {
        let notices = Import.policyBot(Self.policy(body), file: "p").warnings
        #expect(
            notices.contains { $0.severity == .warning && $0.key == key && $0.message.contains(words) }, "\(notices)")
        #expect(!notices.contains { $0.message.contains("never satisfied, as in policy-bot") })
        MessageTests.check(notices)
    }

    /// Where people hold a pull request back, fewer of them are weaker.
    @Test(arguments: [
        ("disapproval: { requires: { permissions: [maintain] } }", "", "write `write`, which more people have"),
        ("disapproval: { requires: { permissions: [triage] } }", "", "name a team"),
        ("disapproval: { if: { has_author_in: { permissions: [maintain] } } }", "", "write `write`, which more"),
        ("", "if: { has_author_in: { permissions: [maintain] } }", "name a team"),
        ("", "requires: { count: 1, permissions: [maintain] }", "write `admin`, which is stricter"),
        ("", "requires: { count: 1, permissions: [triage] }", "write `write`, which is stricter"),
        ("", "options: { ignore_commits_by: { permissions: [maintain] } }", "write `admin`, which is stricter"),
    ]) func curesNeverWeaken(_ law: String, _ body: String, _ cure: String) {
        let text =
            "policy: { approval: [r]\(law.isEmpty ? "" : ", \(law)") }\napproval_rules:\n  - name: r\n    \(body)\n"
        let error = Import.policyBot(text, file: "p").warnings.first { $0.severity == .error }
        #expect(error?.hint?.hasPrefix(cure) == true, "\(text)\n\(String(describing: error))")
    }

    /// Warnings are never cut in favour of notes.
    @Test func everyWarningIsTold() throws {
        let rules = (0..<150).map { index in
            "  - { name: R\(index), if: { title: { matches: [a], not_matches: [b] } }, "
                + "requires: { count: 1, users: ['x[bot]', alice] } }\n"
        }
        let names = (0..<150).map { "R\($0)" }.joined(separator: ", ")
        let text = "policy: { approval: [\(names)] }\napproval_rules:\n\(rules.joined())"
        let notices = Import.policyBot(text, file: "p").warnings
        for index in 0..<150 {
            #expect(notices.contains { $0.severity == .warning && $0.rule == "R\(index)" && $0.key == "users" })
        }
        #expect(notices.last?.message.hasSuffix("more findings are not shown") == true)
        #expect(notices.last?.severity == .note)
    }

    static func value(_ key: String, in policy: String) -> String? {
        for line in policy.split(separator: "\n") {
            let words = line.drop { $0 == " " }
            guard words.hasPrefix("\(key): ") else { continue }
            let value = words.dropFirst(key.count + 2)
            guard value.hasPrefix("'") else { return String(value) }
            return String(value.dropFirst().dropLast()).replacing("''", with: "'")
        }
        return nil
    }

    static func expectAccepted(_ policy: String) {
        let diagnostics = PolicyReader.read(policy, file: "p", digest: "").diagnostics
        let errors = diagnostics.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(policy)\n\(errors.rendered)")
    }
}
