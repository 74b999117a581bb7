import Testing

@testable import GateImport

/// A rule that guards policy-bot's file guards ours, where that asks for more, and says so.
@Suite struct GuardedFileTests {
    @Test(arguments: [
        #"^\.policy\.yml$"#, "^.policy.yml$", #"(^|/)\.?policy\.ya?ml$"#, "(?i)POLICY", "^policy.yml$",
        "^[^.]*.policy", "((a+)+)+policy|policy", #"^\Qpolicy.yml\E$"#, #"\A\.(?P<name>policy)\.yml\z"#,
    ]) func isMeant(_ expression: String) { #expect(GuardedFile.isMeant(by: [expression], [])) }

    @Test(arguments: [".*", "", #"\.ya?ml$"#, "^docs/", "^src/policy/", #"^\.[a-z]+\.yml$"#])
    func isNotMeant(_ expression: String) { #expect(!GuardedFile.isMeant(by: [expression], [])) }

    /// Linear in the expression: what would take a backtracking matcher longer than anybody waits.
    @Test(arguments: [
        "(.|.|.|.|.)*x$", "((a+)+)+policy", String(repeating: ".*", count: 200) + "x$",
        String(repeating: "(.?", count: 60) + String(repeating: ")", count: 60) + "x$",
    ])
    func isToldInLinearTime(_ expression: String) { #expect(!GuardedFile.isMeant(by: [expression], [])) }

    @Test func whatIsIgnoredIsNotMeant() {
        #expect(!GuardedFile.isMeant(by: ["policy"], [#"\.yml$"#]))
        #expect(GuardedFile.isMeant(by: [".*"], [#"^\.countersign\.yml$"#]))
        #expect(!GuardedFile.isMeant(by: [], []))
    }

    private static func policy(_ rules: String) throws -> String {
        let result = Import.policyBot(rules, file: "p")
        #expect(
            result.warnings.contains { $0.severity == .warning && $0.hint?.contains("policy: { require: … }") == true })
        let policy = try #require(result.policy)
        KeyTests.expectAccepted(policy)
        MessageTests.check(result.warnings)
        return policy
    }

    private static let ours = #""re:^(\.|\.gitea/|\.forgejo/)?countersign\.yml$""#

    @Test func isGuardedWhereThatAsksForMore() throws {
        let policy = try Self.policy(
            """
            policy: { approval: [review, guard] }
            approval_rules:
              - { name: review, requires: { count: 1, teams: [acme/core] } }
              - name: guard
                if: { changed_files: { paths: ['^.policy.yml$'] } }
                requires: { count: 1, teams: [acme/security] }
            """)
        #expect(policy.contains(#"when: changes("re:(?-s)^.policy.yml$", \#(Self.ours))"#), "\(policy)")
    }

    /// A change of our policy must not be what turns a gate green, nor what skips a rule.
    @Test func softensNothing() throws {
        let policy = try Self.policy(
            """
            policy: { approval: [quick, { or: [quick, slow] }] }
            approval_rules:
              - name: quick
                if: { no_changed_files: { paths: ['^.policy.yml$'] } }
                requires: { count: 1, teams: [acme/core], conditions: { changed_files: { paths: [policy.yml] } } }
              - { name: slow, requires: { count: 2, teams: [acme/core] } }
            """)
        #expect(policy.contains(#"when: not changes("re:(?-s)^.policy.yml$")"#), "\(policy)")
        #expect(policy.contains(#"not changes("re:(?-s)^.policy.yml$", \#(Self.ours)) and "#), "\(policy)")
        #expect(policy.contains(#" and changes("re:(?-s)policy.yml")"#), "\(policy)")
    }
}
