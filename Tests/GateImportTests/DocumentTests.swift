import Foundation
import GateImport
import Testing

/// The table of the migration document names every key that policy-bot has, and the import knows each.
@Suite struct DocumentTests {
    private static let document = ImportFixtures.root.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Documentation/migrating-from-policy-bot.md")

    /// Keys by the place they stand in.
    static let keys: [(place: String, keys: [String])] = [
        (
            "if",
            [
                "changed_files", "no_changed_files", "only_changed_files", "has_author_in", "has_contributor_in",
                "only_has_contributors_in", "author_is_only_contributor", "targets_branch", "from_branch",
                "modified_lines", "has_status", "has_successful_status", "has_workflow_result", "has_labels",
                "repository", "title", "has_valid_signatures", "has_valid_signatures_by",
                "has_valid_signatures_by_keys",
            ]
        ),
        (
            "requires",
            ["count", "users", "teams", "organizations", "permissions", "admins", "write_collaborators", "conditions"]
        ),
        (
            "options",
            [
                "allow_author", "allow_contributor", "allow_non_author_contributor", "invalidate_on_push",
                "ignore_edited_comments", "ignore_update_merges", "ignore_commits_by", "request_review", "methods",
            ]
        ),
    ]

    @Test(arguments: keys) func namesEveryKey(_ place: String, _ keys: [String]) throws {
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        for key in keys {
            #expect(
                text.contains("`\(key)") || text.contains(".\(key)`") || text.contains("`\(key).") || key == "methods")
            let body = "policy: { approval: [r] }\napproval_rules:\n  - { name: r, \(place): { \(key): } }\n"
            let result = Import.policyBot(body, file: "p")
            #expect(!result.warnings.contains { $0.message.contains("there is no key") }, "\(key)")
        }
    }
}
