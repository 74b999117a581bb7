// What words of plain English were meant to be. Each reading is written out whole and tried before it is offered, once:
// a text that is tried offers nothing itself, so that no text makes the reader read more than a few short ones.
extension ExpressionParser {
    /// What words between two operands, or before one, were meant to be, where the parser stands behind the first.
    func plainEnglish() -> SyntaxError? {
        guard case .name(let word) = current.kind else { return nil }
        guard case .name(let before) = previous.kind else { return takingOut(word) }
        switch (before, word) {
        case ("at", "least"):
            return SyntaxError(
                previous.range.lowerBound..<current.range.upperBound,
                "a count is always of so many at least, so these words are left out",
                hint: withoutAtLeast().map { "write \($0)" } ?? "for example `\(kind.example)`")
        case (let first, "only") where kind == .condition:
            return SyntaxError(
                previous.range.lowerBound..<current.range.upperBound, "what changes is asked by a test on paths",
                hint: "for example `changes_only(\"\(first)/**\")`")
        case ("author", "in"), ("author", "is"), ("author", "not"):
            return testInEnglish("author", from: previous)
        case (_, "of"), (_, "in"), (_, "from"): return countInEnglish(before)
        default: return takingOut(word)
        }
    }

    // MARK: Counts

    /// `50%`, where the parser stands at the number.
    func shareOfPeople(_ number: Int) -> SyntaxError? {
        guard kind == .requirement, case .stray = following.kind, text.string(following.range) == "%" else {
            return nil
        }
        let hasOf = tokens[min(position + 2, tokens.count - 1)].kind == .name("of")
        return share(
            current.range.lowerBound..<following.range.upperBound, isAll: number == 100, of: hasOf ? "" : " of")
    }

    private func share(_ range: Range<Int>, isAll: Bool, of: String) -> SyntaxError {
        let written = offered([(isAll ? "all" : "2") + of], for: range)
        return SyntaxError(
            range, "people are asked for by a number, not by a share of them",
            hint: isAll
                ? "write \(written ?? "`all of qa`")" : "say how many are meant, for example \(written ?? "`2 of qa`")")
    }

    /// `one of qa`, `anyone in qa`, where the parser stands at the second word.
    private func countInEnglish(_ word: String) -> SyntaxError? {
        let range = previous.range.lowerBound..<current.range.upperBound
        if kind == .requirement, ["half", "most", "majority"].contains(word), current.kind == .name("of") {
            return share(previous.range, isAll: false, of: "")
        }
        guard let count = Self.counts[word] else { return nil }
        // One of some people is asked for by their name, and where no count may stand they are all meant.
        let readings = kind == .requirement ? ["\(count) of"] : kind == .people ? [""] : []
        // `two of qa or leads` may mean two of either, and here one of the leads would do.
        let isLast = count == "1" || !isJoined(tokens[position...], opens: .open, closes: .close)
        return SyntaxError(
            range, "a count is a number or `all`, and `of`",
            hint: (isLast ? offered(readings, for: range) : nil).map { "write \($0)" }
                ?? "for example `\(kind.example)`")
    }

    /// Whether `and` or `or` stands beside a token, between the parentheses that it is in.
    private func isJoined(_ beside: some Collection<Token>, opens: Token.Kind, closes: Token.Kind) -> Bool {
        var depth = 0
        for token in beside {
            switch token.kind {
            case opens: depth += 1
            case closes where depth == 0: return false
            case closes: depth -= 1
            case .name(let word) where depth == 0 && Expression.LogicOperator(rawValue: word) != nil: return true
            default: break
            }
        }
        return false
    }

    private static let counts: [String: String] = [
        "any": "1", "anybody": "1", "anyone": "1", "either": "1", "one": "1", "somebody": "1", "someone": "1",
        "member": "1", "members": "1", "two": "2", "three": "3", "four": "4", "five": "5", "both": "all", "each": "all",
        "every": "all", "everybody": "all", "everyone": "all",
    ]

    /// The whole text without `at least`, where the parser stands at the second word of it and the rest is right.
    private func withoutAtLeast() -> String? {
        guard isShort else { return nil }
        var next = position + 1
        while tokens[next].kind == .name("at"), next + 1 < tokens.count, tokens[next + 1].kind == .name("least") {
            next += 2
        }
        let last = tokens.count - 1
        func range(to index: Int) -> Range<Int> {
            previous.range.lowerBound..<tokens[min(index, last)].range.lowerBound
        }
        if let found = offered([""], for: range(to: next)) { return found }
        guard case .number(let number) = tokens[next].kind, case .name(let word) = tokens[next + 1].kind else {
            return nil
        }
        if Vocabulary.measures.contains(word) {
            return offered(["\(word) >= \(number) "], for: range(to: next + 2))
        }
        guard kind == .requirement, let people = counted(word) else { return nil }
        return offered(["\(number) of \(people) "], for: range(to: next + 2))
    }

    // MARK: What is taken out

    /// `qa except @bob`, where the parser stands at the word between.
    private func takingOut(_ word: String) -> SyntaxError? {
        guard ["but", "except", "excluding", "minus", "without"].contains(word) else { return nil }
        var next = position + 1
        for more in ["for", "not"] where next < tokens.count - 1 && tokens[next].kind == .name(more) { next += 1 }
        let range = current.range.lowerBound..<tokens[next - 1].range.upperBound
        // `qa except @alice and @bob` takes out both, in English.
        var isOne = true
        if next + 1 < tokens.count, tokens[next].kind != .open, case .name(let joiner) = tokens[next + 1].kind {
            isOne = Expression.LogicOperator(rawValue: joiner) == nil
        }
        if case .name(let before) = previous.kind, Self.counts[before] != nil { isOne = false }
        // `qa or leads except @bob` takes him out of both, in English.
        if kind != .condition, isJoined(tokens[..<position].reversed(), opens: .close, closes: .open) { isOne = false }
        let signs = kind == .condition ? ["-", "and not"] : ["-"]
        let example = kind == .condition ? "a condition is left out by `and not`" : "people are taken out by `-`"
        return SyntaxError(
            range, "\(Quotation.inline(text.string(range))) is no word of this language",
            hint: (isOne ? offered(signs, for: range) : nil).map { "write \($0)" }
                ?? "\(example)\(kind == .condition ? "" : ": `qa - @alice`, or `qa - (@alice | @bob)`")")
    }

    // MARK: Numbers

    /// A `,` between tokens that takes none: of `1,000`, or of a list.
    func strayComma() -> SyntaxError {
        number()
            ?? SyntaxError(
                current.range, "a `,` stands only between texts in quotes",
                hint: "people are joined by `|`, conditions and requirements by `and` and `or`")
    }

    /// A number with signs between its thousands, where the parser stands at the first `,` of it.
    private func number() -> SyntaxError? {
        guard position > 1, case .comparison = tokens[position - 2].kind, case .number = previous.kind else {
            return nil
        }
        var end = position
        while end + 1 < tokens.count, tokens[end].kind == .comma, case .number = tokens[end + 1].kind,
            tokens[end - 1].range.upperBound == tokens[end].range.lowerBound,
            tokens[end].range.upperBound == tokens[end + 1].range.lowerBound
        {
            end += 2
        }
        guard end > position else { return nil }
        return grouped(previous.range.lowerBound..<tokens[end - 1].range.upperBound)
    }

    /// `1,000`, `1.000` or `1_000` for a thousand.
    func grouped(_ range: Range<Int>) -> SyntaxError? {
        let written = text.string(range)
        let groups = written.split(omittingEmptySubsequences: false) { ",._".contains($0) }
        guard groups.count > 1, groups.dropFirst().allSatisfy({ $0.count == 3 }), (1...3).contains(groups[0].count),
            groups.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let plain = groups.joined()
        guard plain.utf8.count <= 9 else {
            return SyntaxError(range, "a number is written in digits alone", hint: "it has at most 9 digits")
        }
        return SyntaxError(
            range, "a number is written in digits alone",
            hint: "write \(offered([plain], for: range) ?? "`\(plain)`")")
    }

    // MARK: Tests

    /// `base in ("main", "dev")`, `author is @alice`: a test whose words stand behind it.
    ///
    /// - Parameter test: where its name stands.
    func testInEnglish(_ word: String, from test: Token) -> SyntaxError? {
        guard let shape = Vocabulary.shapes[word], isShort, var index = tokens.firstIndex(of: test) else { return nil }
        index += 1
        var isNegated = false
        var joiner: String?
        while index < tokens.count - 1, case .name(let name) = tokens[index].kind, name == "not" || joiner == nil {
            if name == "not" { isNegated.toggle() } else { joiner = name }
            index += 1
        }
        guard let joiner, ["in", "is", "equals"].contains(joiner) else { return nil }
        let (end, pieces) = listed(from: index)
        guard end > index else { return nil }
        let range = test.range.lowerBound..<tokens[end - 1].range.upperBound
        var meant: String?
        switch shape {
        case .people:
            let inner = pieces.flatMap { $0 }
            guard let first = inner.first, let last = inner.last, pieces.count == 1 else { break }
            meant = "\(word)(\(text.string(first.range.lowerBound..<last.range.upperBound)))"
        case .strings where Vocabulary.quoted.contains(word) && word != "status":
            var texts: [String] = []
            guard pieces.allSatisfy({ add($0, to: &texts, of: word) }) else { break }
            meant =
                Vocabulary.asksForAllTexts.contains(word)
                ? texts.map { "\(word)(\($0))" }.joined(separator: " or ") : "\(word)(\(texts.joined(separator: ", ")))"
            if texts.count > 1, Vocabulary.asksForAllTexts.contains(word) { meant = meant.map { "(\($0))" } }
        case .strings, .bare: break
        }
        let inside = shape == .people ? "qa" : "\"…\""
        return SyntaxError(
            range, "`\(word)` takes what it shall match in parentheses, without `\(joiner)`",
            hint: meant.flatMap { offered([(isNegated ? "not " : "") + $0], for: range) }.map { "write \($0)" }
                ?? "`\(word)(\(inside))`")
    }

    /// The tokens between commas of a list in brackets, or those of one operand, and where it ends.
    private func listed(from start: Int) -> (end: Int, pieces: [[Token]]) {
        var pieces: [[Token]] = [[]]
        var index = start
        let opens = ["(", "["].contains(text.string(tokens[start].range))
        if opens { index += 1 }
        var depth = 0
        while tokens[index].kind != .end {
            let token = tokens[index]
            let written = text.string(token.range)
            if depth == 0, [")", "]"].contains(written) { return (opens ? index + 1 : index, pieces) }
            if !opens, case .name(let word) = token.kind, Expression.LogicOperator(rawValue: word) != nil { break }
            if token.kind == .open { depth += 1 }
            if token.kind == .close { depth -= 1 }
            if token.kind == .comma, depth == 0 { pieces.append([]) } else { pieces[pieces.count - 1].append(token) }
            index += 1
        }
        return (opens ? start : index, pieces)
    }

    // MARK: Trying

    /// Whether the text is one that may be read again to find out what was meant.
    private var isShort: Bool { !isTrial && text.scalars.count <= Quotation.longestPasted }

    /// The whole text with the first of some replacements for a piece of it that can be read.
    private func offered(_ replacements: [String], for range: Range<Int>) -> String? {
        // INVARIANT: the text is read again only where it is short, and by a reader that offers nothing itself.
        guard isShort else { return nil }
        let before = text.string(0..<range.lowerBound)
        let behind = text.string(range.upperBound..<text.scalars.count)
        return replacements.lazy.map { (before + $0 + behind).trimmed }.first { ExpressionReader.reads($0, as: kind) }
            .flatMap(Quotation.pasted)
    }
}
