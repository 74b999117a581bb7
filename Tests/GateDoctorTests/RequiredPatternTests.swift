import Testing

@testable import GateDoctor

/// Required contexts are read as the forge reads them.
@Suite struct RequiredPatternTests {
    @Test(arguments: [
        ("countersign: main", "countersign: main", true), ("countersign: main", "countersign: main2", false),
        ("countersign*", "countersign/qa: main", true), ("*", "ci / build (push)", true),
        ("ci / *", "ci / build / x", true), ("c?", "ci", true), ("c?", "c", false), ("[a-c]i", "ci", true),
        ("[!a-c]i", "ci", false), ("{ci,cd} / x", "cd / x", true), ("{ci,cd} / x", "ce / x", false),
        (#"a\*"#, "a*", true), (#"a\*"#, "ab", false), ("", "", true), ("**", "anything / at all", true),
    ])
    func matches(pattern: String, context: String, matches: Bool) {
        #expect(RequiredPattern(pattern).matches(context) == matches)
    }

    @Test(arguments: ["[", "[]", "{a,b", #"a\"#, "[b-a]"])
    func doesNotCompile(pattern: String) {
        #expect(!RequiredPattern(pattern).compiles)
        #expect(!RequiredPattern(pattern).matches(pattern))
    }

    /// A pattern of many stars ends within its budget.
    @Test func hostile() {
        #expect(!RequiredPattern(String(repeating: "*a", count: 60)).matches(String(repeating: "a", count: 59) + "b"))
    }
}
