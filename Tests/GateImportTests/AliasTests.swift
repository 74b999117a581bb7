import Testing

@testable import GateImport

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

    /// A comment or a quoted text is no key, whatever it holds.
    @Test(arguments: [
        "# see [docs]: https://x and {y}: z", #"- { name: c, if: { title: { matches: ['^\[JIRA-[0-9]+\]: '] } } }"#,
        "- name: c # {x}: y", #"- name: "c]: \" *o : d""#, "- name: don't # ]:", "-\n  name: 'it''s ]: c'",
    ]) func whatIsQuotedIsNoKey(_ line: String) {
        let rules = """
            - { name: a, requires: { count: 1, admins: true }, options: &o { allow_author: true } }
            - { name: b, requires: { count: 1, admins: true }, options: *o }
            \(line)
            """
        let notices = Import.policyBot(Self.policy(rules), file: "p").warnings
        #expect(!notices.contains { $0.message.contains("a key is a text") }, "\(notices)")
    }

    /// What only looks as if it were quoted or a comment stays.
    @Test(arguments: [
        "k: a, 'b\n*o : c\nd: e'", "[x\n ' , *o : ']", "- a, 'b: {*o : c}'", "k: a\n  - [ b\n- a, 'b: {*o : c}'",
        "'x: ': { *o : '' }", "\"abc\n ' \" , *o : ' x", "[a,#, '\n *o : b #'\n]", "--- {\"a: 'b\": {*o : c}, d: e'}",
        "\u{FEFF}{\"a: 'b\": {*o : c}, d: e'}", "k: |\n *o : x", "{'a''b': {*o : c}}", "# x\u{85}*o : c", "# x\r*o : c",
        "# x\u{2028}*o : c", #""a\": {*o : c}, \\": {*o : c}"#, "a#b: {*o : c}", "!x 'a: ' {*o : c}",
        "[a ' , {*o : b}, ' c]",
        "{a: b'c, *o : d'}", "k: 'a' # {*p : b}\n*o : c",
    ]) func whatIsNotQuotedStays(_ text: String) { #expect(BareYAML.text(of: text).contains("*o :")) }
}
