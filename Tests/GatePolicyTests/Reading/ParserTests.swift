import Testing

@testable import GatePolicy

@Suite struct ParserTests {
    /// The tree, with brackets around everything that holds together.
    private func show(_ expression: Expression) -> String {
        switch expression {
        case .word(let word, _): word
        case .user(let login, _): "@\(login)"
        case .team(let organization, let name, _): "@\(organization)/\(name)"
        case .call(let call):
            "\(call.word){\((call.strings.map(\.value) + [call.argument.map(show), call.by.map { "by " + show($0) }].compactMap { $0 }).joined(separator: ", "))}\(call.comparison.map { "\($0.comparison)" } ?? "")"
        case .set(let sign, let parts, _): "[\(parts.map(show).joined(separator: " \(sign.rawValue) "))]"
        case .logic(let sign, let parts, _): "[\(parts.map(show).joined(separator: " \(sign.rawValue) "))]"
        case .not(let inner, _): "[not \(show(inner))]"
        case .quota(.all, let people, _): "[all of \(show(people))]"
        case .quota(.count(let count), let people, _): "[\(count) of \(show(people))]"
        case .parenthesis(let inner, _): "(\(show(inner)))"
        }
    }

    @Test(arguments: [
        ("a", "a"),
        ("2 of a and b", "[[2 of a] and b]"),
        ("2 of a | b and c", "[[2 of [a | b]] and c]"),
        ("a | b | c", "[a | b | c]"),
        ("a - b - c", "[a - b - c]"),
        ("a-b", "a-b"),
        ("a -\tb", "[a - b]"),
        ("all of @acme/qa & @alice", "[all of [@acme/qa & @alice]]"),
        ("not a and b", "[[not a] and b]"),
        ("not not a", "[not [not a]]"),
        ("not 2 of a | b", "[not [2 of [a | b]]]"),
        ("(a or b) and c", "[([a or b]) and c]"),
        ("(a | b) & c", "[([a | b]) & c]"),
        ("(a or b) | c", "[([a or b]) | c]"),
        ("lines > 3 and lines<=4", "[lines{}> 3 and lines{}<= 4]"),
        ("labels('a' by x | y) >= 1 or fork", "[labels{a, by [x | y]}>= 1 or fork]"),
        ("author(a - b)", "author{[a - b]}"),
        ("2fa | 7x.y_z-0", "[2fa | 7x.y_z-0]"),
        ("or-else | and.more | not_me | of1", "[or-else | and.more | not_me | of1]"),
        ("a\n and\r\n\tb", "[a and b]"),
        (#"changes("a\"b", 'c\'d', "\d\\", '\"')"#, #"changes{a"b, c'd, \d\, \"}"#),
        ("author", "author"),
        ("author(author)", "author{author}"),
        ("@author | @2024", "[@author | @2024]"),
    ])
    func precedence(_ text: String, _ tree: String) throws {
        #expect(show(try ExpressionParser.parse(SourceText(text, file: "x"), as: .requirement)) == tree)
    }

    @Test(arguments: [
        ("a | b & c", 7, "`(a | b) & c`, or `a | (b & c)`"),
        ("a & (b | c) - d", 13, "`(a & (b | c)) - d`, or `a & ((b | c) - d)`"),
        ("a and b and c or not d or e", 15, "`(a and b and c) or not d`, or `a and b and (c or not d)`"),
        ("x and (a or b and c)", 15, "`(a or b) and c`, or `a or (b and c)`"),
    ])
    func twoOperatorsShowBothReadings(_ text: String, _ column: Int, _ hint: String) {
        var reader = ExpressionReader()
        #expect(reader.parse(SourceText(text, file: "x"), as: .requirement) == nil)
        #expect(reader.diagnostics.first?.span.column == column)
        #expect(reader.diagnostics.first?.hint == hint)
    }

    @Test func bothReadingsCanBeRead() throws {
        for text in ["(a and b and c) or not d", "a and b and (c or not d)", "(a & (b | c)) - d", "a & ((b | c) - d)"] {
            _ = try ExpressionParser.parse(SourceText(text, file: "x"), as: .requirement)
        }
    }

    @Test(arguments: [
        "", " ", "(", ")", "()", "a b", "a |", "| a", "a and", "not", "2", "2 of", "of a", "2 of 2 of a", "all", "a, b",
        "\"a\"", "changes(\"a\" \"b\")", "changes(\"a\",)", "changes(\"a)", "lines", "lines >", "lines > -1", "a > 1",
        "changes(\"a\") > 1", "label(\"a\" by)", "label(by a)", "status(\"a\" from)", "status(\"a\") in ()",
        "status(\"a\") in (success,)", "@", "@/a", "@a/", "@ a", "a -b", "a- b", "-a", "a - ", "a--b c",
        "1234567890 of a",
        "fork()", "x(y)", "a = b", "a !b", "a*b", "a; b", "a\u{0}b", "a\u{200B}b", "not(a", "never", "gate", "in", "by",
    ])
    func thisIsNoExpression(_ text: String) {
        #expect(throws: SyntaxError.self) { try ExpressionParser.parse(SourceText(text, file: "x"), as: .requirement) }
    }

    @Test func depthIsLimited() throws {
        let limit = PolicyLimits.depth
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
        }
        _ = try ExpressionParser.parse(SourceText(nested(limit), file: "x"), as: .requirement)
        #expect(throws: SyntaxError.self) {
            try ExpressionParser.parse(SourceText(nested(limit + 1), file: "x"), as: .requirement)
        }
        let nots = String(repeating: "not ", count: limit + 1) + "a"
        #expect(throws: SyntaxError.self) { try ExpressionParser.parse(SourceText(nots, file: "x"), as: .requirement) }
        let flat = Array(repeating: "a", count: 20_000).joined(separator: " | ")
        _ = try ExpressionParser.parse(SourceText(flat, file: "x"), as: .requirement)
    }

    @Test(arguments: [("lable", "label"), ("chnages", "changes"), ("chages_only", "changes_only"), ("autor", "author")])
    func misspeltWordsAreSuggested(_ word: String, _ meant: String) {
        #expect(Suggestion.nearest(to: word, among: Vocabulary.shapes.keys) == meant)
    }

    @Test func farWordsAreNot() {
        #expect(Suggestion.nearest(to: "xyzzy", among: Vocabulary.shapes.keys) == nil)
        #expect(Suggestion.nearest(to: "qa", among: ["a", "b", "qb"]) == nil)
    }
}
