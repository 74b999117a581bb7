import Testing

@testable import GatePolicy

/// Which rules own which files.
@Suite struct CodeOwnersMatchingTests {
    static func ownership(_ text: String, _ paths: [String]) -> CodeOwners.Ownership {
        CodeOwners(CodeOwnersFile(path: "CODEOWNERS", text: text)).ownership(of: paths)
    }

    @Test(arguments: [
        ("src/.*", "src/a", true), ("src/.*", "lib/src/a", false), ("src", "src/a", false),
        ("!src/.*", "src/a", false), ("!src/.*", "README.md", true),
        (".*", "a/b", true), ("*", "a", true),
        // As the forge ties them: the first to the beginning, the second to the end.
        ("a|b", "ax", true), ("a|b", "xb", true), ("a|b", "xa", false), ("(a|b)", "ax", false),
        ("SRC/.*", "src/a", false), ("é", "e\u{301}", false),
    ]) func onePattern(_ pattern: String, _ path: String, _ isOwned: Bool) {
        // `*` is no expression: then nobody knows which files it means, and all of them may be.
        let ownership = Self.ownership("\(pattern) @bob", [path])
        #expect(!ownership.matches.isEmpty == isOwned)
        #expect(ownership.unowned == (isOwned ? [] : [path]))
    }

    /// There is no "last match wins".
    @Test func allRulesCount() {
        let ownership = Self.ownership(".* @bob\nsrc/.* @carol\nlib/.* @dave", ["src/a", "README.md"])
        #expect(ownership.matches.map(\.rule.line) == [1, 2])
        #expect(ownership.matches.map(\.paths) == [["src/a", "README.md"], ["src/a"]])
        #expect(ownership.unowned.isEmpty)
    }

    /// One pass over many rules says what each rule says by itself.
    @Test func manyRules() {
        let lines = (0..<400).map { "\($0 % 7 == 0 ? "!" : "")d\($0)/.*\\\\.(md|txt) @bob" }
        let paths = (0..<60).map { "d\($0 * 7)/x.md" } + ["other"]
        let whole = Self.ownership(lines.joined(separator: "\n"), paths)
        for (index, line) in lines.enumerated() {
            let alone = Self.ownership(line, paths).matches.first?.paths ?? []
            #expect((whole.matches.first { $0.rule.line == index + 1 }?.paths ?? []) == alone)
        }
    }
}
