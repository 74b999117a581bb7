import Testing

@testable import GatePolicy

@Suite struct MatcherTests {
    @Test func aSetThatIsTooBigIsSplit() throws {
        let expressions = (0..<64).map { "\\A(?:dir\($0)/.{0,200}x[0-9]{1,40})\\z" }
        let matcher = try Matcher(expressions, memory: 256 << 10)
        #expect(matcher.passes > 1)
        #expect(matcher.passes < 64)
        #expect(matcher.search("dir63/abcx1") == .yes)
        #expect(matcher.search("dir64/abcx1") == .no)
    }

    /// Whatever its memory, a set never says no where one of its patterns says yes.
    @Test(arguments: ["a", "b", "c"])
    func aSetWithLittleMemoryIsNeverWrong(_ tail: String) throws {
        let expressions = (0..<12).map { "(?:a|b|c)*\($0)?a(?:a|b|c){\($0 + 12)}$" }
        let text = String(repeating: "abcaabbccba", count: 400) + String(repeating: tail, count: 20)
        let singles = try expressions.map { try RegularExpression($0).search(text) }
        let expected: MatchAnswer = singles.contains(.yes) ? .yes : .no
        var compiled = 0
        for memory in stride(from: Int64(20_000), to: 400_000, by: 10_000) {
            guard let set = RegularExpressionSet(expressions, memory: memory) else { continue }
            compiled += 1
            let answer = set.search(text)
            #expect(answer == expected || answer == .gaveUp, "\(memory) bytes")
        }
        #expect(compiled > 10)
    }

    @Test func givingUpIsUnknown() throws {
        let list = try PatternList([try Pattern("a", kind: .path)])
        guard case .unknown(let reasons) = list.truth(.gaveUp, "src/\u{1B}x") else {
            Issue.record("giving up must be unknown")
            return
        }
        #expect(reasons.map(\.cause) == [.matcherGaveUp])
        #expect(reasons.first?.subject == "whether `src/ x` matches \"a\"")
    }

    @Test func manyPatternsOverManyPathsAreOnePass() throws {
        let patterns = try (0..<90).map { try Pattern("service\($0)/**/*.{c,h}", kind: .path) }
        let list = try PatternList(patterns)
        let clock = ContinuousClock()
        let time = clock.measure {
            for index in 0..<10_000 { _ = list.matches("service\(index % 180)/a/b/c\(index).h") }
        }
        #expect(list.matches("service89/x.h") == .yes)
        #expect(list.matches("service90/x.h") == .no)
        #expect(time < .seconds(2))
    }

    @Test(arguments: ["(a+)+$", "(a|a)*b", "(.*)*x", "(?:a?){50}a{50}"])
    func noExpressionBacktracks(_ expression: String) throws {
        let list = try PatternList([try Pattern("re:" + expression, kind: .name)])
        let time = ContinuousClock().measure {
            _ = list.matches(String(repeating: "a", count: 50_000) + "!")
        }
        #expect(time < .seconds(1))
    }

    /// A text without the byte that a glob needs is not searched: it must be one that does not match.
    @Test func whatIsNotSearchedDoesNotMatch() throws {
        var random = SeededGenerator(seed: 130)
        let pieces = ["*", "?", "a", "B", " ", ":+1:", "👍", "é", "\\*", "[a-c]", "{a,:}", "}", "/", "\u{A0}"]
        let letters = ["a", "B", "b", " ", ":", "+1", "👍", "é", "*", "}", "/", "\n", "\u{A0}"]
        var matches = 0
        for _ in 0..<5_000 {
            let glob = (0..<(1 + random.below(4))).map { _ in random.pick(pieces) }.joined()
            guard let pattern = try? Pattern(glob, kind: .name) else { continue }
            let list = try PatternList([pattern])
            let text = (0..<random.below(8)).map { _ in random.pick(letters) }.joined()
            let answer = try RegularExpression(pattern.expression).search(text)
            #expect(list.matches(text) == Truth(answer == .yes), "\(glob) in \(text)")
            if answer == .yes { matches += 1 }
        }
        #expect(matches > 100)
    }
}
