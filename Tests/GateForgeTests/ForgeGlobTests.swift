import GateForge
import Testing

/// Globs are read as the forge reads them.
@Suite struct ForgeGlobTests {
    @Test(arguments: [
        ("countersign: main", "countersign: main", true), ("countersign: main", "countersign: main2", false),
        ("countersign*", "countersign/qa: main", true), ("*", "ci / build (push)", true),
        ("ci / *", "ci / build / x", true), ("c?", "ci", true), ("c?", "c", false), ("[a-c]i", "ci", true),
        ("[!a-c]i", "ci", false), ("{ci,cd} / x", "cd / x", true), ("{ci,cd} / x", "ce / x", false),
        (#"a\*"#, "a*", true), (#"a\*"#, "ab", false), ("", "", true), ("**", "anything / at all", true),
    ])
    func matches(pattern: String, context: String, matches: Bool) {
        #expect(ForgeGlob(pattern).matches(context) == matches)
    }

    /// In the name of a rule `*` and `?` end at `/`, and `**` does not.
    @Test(arguments: [
        ("*", "main", true), ("*", "release/1", false), ("release/*", "release/1", true),
        ("release/*", "release/1/v2.0.0", false), ("release/**", "release/1/v2", true),
        ("release/**/v1", "release/test/v1", true), ("**", "release/1", true), ("release?1", "release/1", false),
        ("{main,release/*}", "release/2", true), ("[!x]ain", "main", true),
    ])
    func namesOfRules(pattern: String, branch: String, matches: Bool) {
        #expect(ForgeGlob(pattern, separators: ["/"]).matches(branch) == matches)
    }

    @Test(arguments: ["[", "[]", "{a,b", #"a\"#, "[b-a]"])
    func doesNotCompile(pattern: String) {
        #expect(!ForgeGlob(pattern).compiles)
        #expect(!ForgeGlob(pattern).matches(pattern))
    }

    /// A pattern of many stars ends within its budget.
    @Test func hostile() {
        #expect(!ForgeGlob(String(repeating: "*a", count: 60)).matches(String(repeating: "a", count: 59) + "b"))
    }
}
