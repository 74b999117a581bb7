import GateImport
import Testing

/// Aliases and `<<` are read as policy-bot reads them, and written out.
@Suite struct AliasTests {
    private static func policy(_ rules: String) -> String {
        "policy: { approval: [a, b] }\napproval_rules:\n\(rules)"
    }

    @Test func anAliasIsWhatItStandsFor() throws {
        let aliased = Self.policy(
            """
            - { name: a, requires: { count: 1, teams: &teams [acme/core] }, options: &o { allow_author: true } }
            - { name: b, requires: { count: 1, teams: *teams }, options: *o }
            """)
        let plain = Self.policy(
            """
            - { name: a, requires: { count: 1, teams: [acme/core] }, options: { allow_author: true } }
            - { name: b, requires: { count: 1, teams: [acme/core] }, options: { allow_author: true } }
            """)
        let found = try #require(Import.policyBot(aliased, file: "p").policy)
        #expect(found == Import.policyBot(plain, file: "p").policy)
        #expect(!found.contains("&"))
    }

    @Test func whatIsMergedGivesWayToWhatStandsThere() throws {
        let merged = Self.policy(
            """
            - { name: a, requires: { count: 1, admins: true }, options: &o { allow_author: true, invalidate_on_push: true, request_review: { enabled: true } } }
            - { name: b, requires: { count: 1, admins: true }, options: { <<: *o, allow_author: false, request_review: { enabled: false } } }
            """)
        let plain = Self.policy(
            """
            - { name: a, requires: { count: 1, admins: true }, options: { allow_author: true, invalidate_on_push: true } }
            - { name: b, requires: { count: 1, admins: true }, options: { allow_author: false, invalidate_on_push: true } }
            """)
        let found = try #require(Import.policyBot(merged, file: "p").policy)
        #expect(found == Import.policyBot(plain, file: "p").policy)
    }
}
