import Testing

@testable import GatePolicy

@Suite struct GlobTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var pattern: String
        var matches: [String]
        var refuses: [String]
        var testDescription: String { pattern }
    }

    static let paths: [Row] = [
        Row(pattern: "a", matches: ["a"], refuses: ["A", "aa", "a/b", "b/a", ""]),
        Row(pattern: "*", matches: ["a", ".hidden", "a.b", ""], refuses: ["a/b", "/"]),
        Row(pattern: "*.md", matches: ["a.md", ".md"], refuses: ["a/b.md", "a.mdx", "amd"]),
        Row(pattern: "a?c", matches: ["abc", "aéc", "a.c"], refuses: ["ac", "a/c", "abbc"]),
        Row(pattern: "**", matches: ["a", "a/b/c", ".x/.y"], refuses: []),
        Row(pattern: "docs/**", matches: ["docs/a", "docs/a/b", "docs/.x"], refuses: ["docs", "docsx/a", "a/docs/b"]),
        Row(pattern: "**/x", matches: ["x", "a/x", "a/b/x"], refuses: ["ax", "x/a", "a/bx"]),
        Row(pattern: "a/**/b", matches: ["a/b", "a/x/b", "a/x/y/b"], refuses: ["ab", "a/xb", "a/x/bb"]),
        Row(pattern: "**/a/**", matches: ["a/b", "x/a/b/c"], refuses: ["a", "x/a", "xa/b"]),
        Row(pattern: "a**z", matches: ["az", "a/b/z", "abz"], refuses: ["ay"]),
        Row(pattern: "**.md", matches: ["a.md", "a/b.md"], refuses: ["a.mdx"]),
        Row(pattern: "***/x", matches: ["x", "a/b/x"], refuses: ["ax"]),
        Row(pattern: "[a-c]1", matches: ["a1", "c1"], refuses: ["d1", "A1", "1"]),
        Row(pattern: "[!a-c]1", matches: ["d1", "é1"], refuses: ["a1", "/1", "1"]),
        Row(pattern: "[+-9]", matches: ["+", ".", "0", "9"], refuses: ["/"]),
        Row(pattern: "[a-]", matches: ["a", "-"], refuses: ["b"]),
        Row(pattern: "[-a]", matches: ["a", "-"], refuses: ["b"]),
        Row(pattern: "[\\]^!]", matches: ["]", "^", "!"], refuses: ["\\"]),
        Row(pattern: "*.{swift,c{c,pp}}", matches: ["a.swift", "a.cc", "a.cpp"], refuses: ["a.c", "a.{swift,cc}"]),
        Row(pattern: "a{,b}", matches: ["a", "ab"], refuses: ["abb"]),
        Row(pattern: "{**/,}x", matches: ["x", "a/x"], refuses: ["ax"]),
        Row(pattern: "{a,b}/**/c", matches: ["a/c", "b/x/c"], refuses: ["c"]),
        Row(pattern: "{db/,sql/}**/x", matches: ["db/x", "sql/x", "db/y/x"], refuses: ["x", "dbx", "db/yx"]),
        Row(pattern: "{docs/,}**/x", matches: ["x", "docs/x", "a/b/x"], refuses: ["docsx"]),
        Row(pattern: "a/{b/{c/,},}**/x", matches: ["a/x", "a/b/x", "a/b/c/x"], refuses: ["x", "a/bx"]),
        Row(pattern: "{a,b}**/x", matches: ["a/x", "by/x", "b/y/x"], refuses: ["x", "a", "c/x"]),
        Row(pattern: "a,b", matches: ["a,b"], refuses: ["a", "b"]),
        Row(pattern: "a}b", matches: ["a}b"], refuses: []),
        Row(pattern: "\\*\\?\\[\\{", matches: ["*?[{"], refuses: ["a?[{"]),
        Row(pattern: "\\!x", matches: ["!x"], refuses: ["x"]),
        Row(pattern: "a.b+c(d)|^$", matches: ["a.b+c(d)|^$"], refuses: ["axb+c(d)|^$", "a.bbc(d)|^$"]),
        Row(pattern: ".github/**", matches: [".github/w.yml"], refuses: ["xgithub/w.yml"]),
        Row(pattern: "a b\t\u{1}", matches: ["a b\t\u{1}"], refuses: ["a b"]),
        Row(pattern: "**/*", matches: ["a", "a\nb", "x/a\nb"], refuses: []),
        Row(pattern: "é", matches: ["é"], refuses: ["e\u{301}"]),
        Row(pattern: "re:b", matches: ["abc", "x/b"], refuses: ["B"]),
        Row(pattern: "re:^(?i)makefile$", matches: ["Makefile"], refuses: ["x/Makefile"]),
        Row(pattern: "re:^infra/.*\\.tf$", matches: ["infra/a.tf", "infra/a\nb.tf"], refuses: ["infra/a.tf\n"]),
        Row(pattern: "re:x.y|a.b", matches: ["x\ny", "a\nb"], refuses: ["xy"]),
        Row(pattern: "re:(?-s)^a.b$", matches: ["a-b"], refuses: ["a\nb"]),
    ]

    static let names: [Row] = [
        Row(pattern: "main", matches: ["main"], refuses: ["Main", "main2"]),
        Row(
            pattern: "release/*", matches: ["release/1", "release/1/2", "release/"], refuses: ["release", "xrelease/1"]),
        Row(pattern: "*WIP*", matches: ["WIP: a", "a\nWIP"], refuses: ["wip"]),
        Row(pattern: "a?b", matches: ["a/b"], refuses: ["ab"]),
        Row(pattern: "[!a]", matches: ["/", "b"], refuses: ["a"]),
        Row(pattern: "/x/", matches: ["/x/"], refuses: ["x"]),
        // The lines of a text are lines.
        Row(pattern: "re:^Fixes.*#1", matches: ["Fixes #1"], refuses: ["Fixes\n#1"]),
    ]

    @Test(arguments: paths) func aPathGlobMatches(_ row: Row) throws { try check(row, .path) }

    @Test(arguments: names) func aNameGlobMatches(_ row: Row) throws { try check(row, .name) }

    /// Braces mean what the patterns mean that they stand for, one each.
    @Test func bracesAreShorthand() throws {
        let pieces = ["a", "/", "**/", "*", "x"]
        let paths = ["x", "a/x", "ax", "a/a/x", "xx", "x/x", "ax/x", "a/ax", "a//x", "", "a", "a/", "x/a/x"]
        var random = SeededGenerator(seed: 83)
        func part() -> String { (0..<random.below(3)).map { _ in random.pick(pieces) }.joined() }
        var (agreed, refused) = (0, 0)
        for _ in 0..<2000 {
            let (before, after) = (part(), part())
            let inner = [part(), part()]
            let written = "\(before){\(inner[0]),\(inner[1])}\(after)"
            let spelt = inner.map { before + $0 + after }
            // Stars that only meet in what is spelt out are other stars, and these are refused by themselves.
            guard spelt.allSatisfy({ !$0.isEmpty && !$0.contains("***") && !$0.hasPrefix("/") && !$0.hasSuffix("/") }),
                spelt.map({ $0.count(of: "**") }) == inner.map({ (before + "{" + $0 + "}" + after).count(of: "**") })
            else { continue }
            guard let pattern = try? Pattern(written, kind: .path) else {
                refused += 1
                continue
            }
            let (short, long) = (
                try PatternList([pattern]), try PatternList(spelt.map { try Pattern($0, kind: .path) })
            )
            for path in paths { #expect(short.matches(path) == long.matches(path), "\(written) \(path)") }
            agreed += 1
        }
        #expect(agreed > 500 && refused > 5 && refused < agreed / 5)
    }

    private func check(_ row: Row, _ kind: Pattern.Kind) throws {
        let list = try PatternList([try Pattern(row.pattern, kind: kind)])
        for text in row.matches { #expect(list.matches(text) == .yes, "\(row.pattern) should match \(text)") }
        for text in row.refuses { #expect(list.matches(text) == .no, "\(row.pattern) should not match \(text)") }
        // The same in a set with others.
        let others = try PatternList([
            try Pattern("nothing-like-this", kind: kind), try Pattern(row.pattern, kind: kind),
        ])
        for text in row.matches { #expect(others.matches(text) == .yes) }
        for text in row.refuses { #expect(others.matches(text) == .no) }
    }

    @Test func negativePatternsTakeOut() throws {
        let patterns = try ["docs/**", "!docs/law/**", "*.md", "!re:^LICENSE"].map { try Pattern($0, kind: .path) }
        let list = try PatternList(patterns)
        #expect(list.matches("docs/a") == .yes)
        #expect(list.matches("docs/law/a") == .no)
        #expect(list.matches("LICENSE.md") == .no)
        #expect(list.matches("README.md") == .yes)
        #expect(list.matches("src/a.c") == .no)
        #expect(list.description == #""docs/**", "!docs/law/**", "*.md", "!re:^LICENSE""#)
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
