import Testing

@testable import GatePolicy

/// How the lines of a CODEOWNERS file are read: as the forge reads them, and nothing is dropped.
@Suite struct CodeOwnersReadingTests {
    static func rules(_ text: String) -> [CodeOwners.Rule] {
        CodeOwners(CodeOwnersFile(path: "CODEOWNERS", text: text)).rules
    }

    static let lines: [(String, String, String)] = [
        ("src/.* @bob @acme/qa", "src/.*", "@bob @acme/qa"),
        ("src/.*\tbob acme/qa # both", "src/.*", "@bob @acme/qa"),
        ("  docs/.* @bob \r", "docs/.*", "@bob"),
        (".*\\\\.go @bob", ".*\\.go", "@bob"),
        (".*\\.go @bob", ".*.go", "@bob"),
        ("a\\ b/.* @bob", "a b/.*", "@bob"),
        ("a\\#b @bob", "a#b", "@bob"),
        ("!src/.* @bob", "!src/.*", "@bob"),
        ("\u{FEFF}src/.* @bob", "src/.*", "@bob"),
    ]

    @Test(arguments: lines) func aLine(_ line: String, _ pattern: String, _ owners: String) throws {
        let rule = try #require(Self.rules(line).first)
        #expect(rule.pattern == pattern)
        #expect(rule.owners.map { "\($0)" }.joined(separator: " ") == owners)
        #expect(rule.problems.isEmpty)
        #expect(rule.isNegative == pattern.hasPrefix("!"))
    }

    @Test func linesWithoutARule() {
        #expect(Self.rules("").isEmpty)
        #expect(Self.rules("# all of it\n\n   \n\t\n\\").isEmpty)
        #expect(Self.rules("# one\nsrc/.* @bob\n\nlib/.* @carol").map(\.line) == [2, 4])
    }

    /// What the forge drops in silence stays, with what is wrong with it.
    @Test(arguments: [
        ("src/.*", "it names no owner, so the forge drops it", true),
        ("src/.* bob@example.com", "`bob@example.com` is neither an account nor a team", true),
        ("src/.* @a/b/c", "`@a/b/c` is neither an account nor a team", true),
        ("src/.* @", "`@` is neither an account nor a team", true),
        ("src/(?!gen).* @bob", "RE2 does not accept its pattern (invalid perl operator: (?!)", false),
        ("src/(a @bob", "RE2 does not accept its pattern (missing ): ^src/(a$)", false),
        ("[a-z-[q]]/.* @bob", "servers of different age read its `[…]` differently", false),
        ("[[:alpha:]] @bob", "servers of different age read its `[…]` differently", false),
    ]) func nothingIsDropped(_ line: String, _ reason: String, _ isMatched: Bool) throws {
        let rule = try #require(Self.rules("\n" + line).first)
        #expect(rule.problems.map(\.reason) == ["line 2 of `CODEOWNERS` cannot be used as it stands: \(reason)"])
        #expect((rule.expression != nil) == isMatched)
    }

    @Test func limits() {
        func limit(_ text: String) -> String? {
            let read = CodeOwners(CodeOwnersFile(path: "docs/CODEOWNERS", text: text))
            if read.overLimit != nil { #expect(read.rules.isEmpty) }
            return read.overLimit?.reason
        }
        #expect(limit(String(repeating: "a @b\n", count: 2_000)) == nil)
        #expect(limit(String(repeating: "a @b\n", count: 2_001)) == "`docs/CODEOWNERS` holds more than 2000 rules")
        #expect(limit(String(repeating: "#", count: 512 * 1024 + 1)) == "`docs/CODEOWNERS` holds more than 512 KiB")
        #expect(
            limit("a" + String(repeating: " @b", count: 10_001)) == "`docs/CODEOWNERS` holds more than 10000 owners")
        #expect(
            limit(String(repeating: "(a{1,50}b{1,50}){1,9} @b\n", count: 300))
                == "`docs/CODEOWNERS` holds more than patterns of 200000 instructions together")
    }

    /// Any bytes are read without a trap.
    @Test func hostile() {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array("ab/.*\\()[]{}!@# \t\n\r|?+-^$é\u{0}\u{FEFF}").map(String.init)
        for _ in 0..<3_000 {
            let length = Int.random(in: 0...40, using: &random)
            let text = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
            let owners = CodeOwners(CodeOwnersFile(path: "CODEOWNERS", text: text))
            _ = owners.ownership(of: ["a", "b/a.b", "é"])
        }
    }
}
