/// Builds the tree of an expression; what kind it is of is checked afterwards.
struct ExpressionParser {
    let text: SourceText
    /// What the whole must mean.
    let kind: ExpressionKind
    let tokens: [Token]
    /// Whether the text is one that a hint may offer: it is read, and its own mistakes offer nothing.
    let isTrial: Bool
    private(set) var position = 0
    private var depth = 0

    /// The tree of a whole text.
    ///
    /// - Parameter isTrial: whether nobody will be told what is wrong with it.
    static func parse(
        _ text: SourceText, as kind: ExpressionKind, isTrial: Bool = false
    ) throws(SyntaxError) -> Expression {
        var parser = ExpressionParser(text: text, kind: kind, isTrial: isTrial)
        if parser.current.kind == .end {
            throw SyntaxError(0..<text.scalars.count, "the expression is empty")
        }
        let slip = parser.tokens.lazy.compactMap(\.slip).first
        let expression: Expression
        do {
            expression = try parser.whole()
        } catch {
            if let slip, slip.range.lowerBound < error.range.lowerBound { throw slip }
            throw error
        }
        if let slip { throw slip }
        return expression
    }

    private init(text: SourceText, kind: ExpressionKind, isTrial: Bool) {
        self.text = text
        self.kind = kind
        self.isTrial = isTrial
        tokens = Lexer.pieces(text)
    }

    private mutating func whole() throws(SyntaxError) -> Expression {
        let expression = try logic()
        guard current.kind == .end else { throw trailing() }
        return expression
    }

    var current: Token { tokens[position] }

    var following: Token { tokens[min(position + 1, tokens.count - 1)] }

    var previous: Token { tokens[max(position - 1, 0)] }

    mutating func advance() { if position < tokens.count - 1 { position += 1 } }

    func isWord(_ word: String) -> Bool { current.kind == .name(word) }

    func span(from start: Int) -> SourceSpan { text.span(start..<max(start, previous.range.upperBound)) }

    mutating func nested<Result>(
        _ body: (inout ExpressionParser) throws(SyntaxError) -> Result
    ) throws(SyntaxError) -> Result {
        depth += 1
        if depth > PolicyLimits.depth {
            throw SyntaxError(current.range, "the expression is nested more than \(PolicyLimits.depth) deep")
        }
        let result = try body(&self)
        depth -= 1
        return result
    }

    // MARK: and, or, not

    mutating func logic() throws(SyntaxError) -> Expression {
        let start = current.range.lowerBound
        var parts = [try negation()]
        var found: Expression.LogicOperator?
        while case .name(let word) = current.kind, let next = Expression.LogicOperator(rawValue: word) {
            let operatorToken = current
            if let found, found != next { throw mixed(start, operatorToken, found.rawValue, next.rawValue) }
            found = next
            advance()
            parts.append(try negation())
        }
        guard let found else { return parts[0] }
        return .logic(found, parts, span(from: start))
    }

    private mutating func negation() throws(SyntaxError) -> Expression {
        guard isWord("not") else { return try quota() }
        let start = current.range.lowerBound
        advance()
        let inner = try nested { parser throws(SyntaxError) in try parser.negation() }
        return .not(inner, span(from: start))
    }

    // MARK: N of

    private mutating func quota() throws(SyntaxError) -> Expression {
        let start = current.range.lowerBound
        let count: Expression.QuotaCount
        switch current.kind {
        case .number(let number):
            guard following.kind == .name("of") else { throw loneNumber(number) }
            count = .count(number)
        case .name("all"):
            guard following.kind == .name("of") else {
                throw SyntaxError(current.range, "`of` is missing after `all`", hint: "for example `all of qa`")
            }
            count = .all
        default: return try set()
        }
        advance()
        advance()
        let people = try set()
        return .quota(count, people, span(from: start))
    }

    private func loneNumber(_ number: Int) -> SyntaxError {
        if case .comparison(let sign) = following.kind {
            let measured = text.string(tokens[position + 2].range)
            let word = Vocabulary.measures.contains(measured) ? measured : "lines"
            return SyntaxError(
                current.range, "a comparison begins with what it measures",
                hint: "for example `\(word) \(sign.turned.rawValue) \(number)`")
        }
        if let share = shareOfPeople(number) { return share }
        if case .stray(let error) = following.kind { return error }
        if kind == .requirement {
            return SyntaxError(
                current.range, "`of` is missing after `\(number)`", hint: "for example `\(number) of qa`")
        }
        return SyntaxError(
            current.range, "a number alone means nothing here", hint: "for example `\(kind.example)`")
    }

    // MARK: | & -

    mutating func set() throws(SyntaxError) -> Expression {
        let start = current.range.lowerBound
        var parts = [try primary()]
        var found: Expression.SetOperator?
        while case .set(let next) = current.kind {
            let operatorToken = current
            if let found, found != next { throw mixed(start, operatorToken, found.rawValue, next.rawValue) }
            found = next
            advance()
            parts.append(try primary())
        }
        guard let found else { return parts[0] }
        return .set(found, parts, span(from: start))
    }

    /// Two operators of one level: both readings, for the author to choose.
    private func mixed(_ start: Int, _ token: Token, _ first: String, _ second: String) -> SyntaxError {
        let isSet = first.count == 1
        // The last operand before the operator at the same level, and the one after it.
        var ahead = self
        ahead.advance()
        let next = try? (isSet ? ahead.primary() : ahead.negation())
        let right =
            next == nil
            ? "…" : shown(token.range.upperBound..<max(token.range.upperBound, ahead.previous.range.upperBound))
        let whole = shown(start..<token.range.lowerBound)
        let readings = lastOperator(first, start, token).map { split in
            let left = shown(start..<split.lowerBound)
            let middle = shown(split.upperBound..<token.range.lowerBound)
            return "`(\(whole)) \(second) \(right)`, or `\(left) \(first) (\(middle) \(second) \(right))`"
        }
        return SyntaxError(
            token.range, "`\(first)` and `\(second)` side by side need parentheses", hint: readings)
    }

    private func lastOperator(_ word: String, _ start: Int, _ before: Token) -> Range<Int>? {
        var level = 0
        for token in tokens.reversed()
        where token.range.upperBound <= before.range.lowerBound && token.range.lowerBound >= start {
            switch token.kind {
            case .close: level += 1
            case .open: level -= 1
            case .name(word) where level == 0: return token.range
            case .set(let sign) where level == 0 && sign.rawValue == word: return token.range
            default: break
            }
        }
        return nil
    }

    private func shown(_ range: Range<Int>) -> String {
        Quotation.excerpt(text.string(range), limit: 60)
    }

    // MARK: What is left over

    private func trailing() -> SyntaxError {
        let before = Quotation.inline(text.string(previous.range))
        let found = Quotation.inline(text.string(current.range))
        if let meant = plainEnglish() { return meant }
        switch current.kind {
        case .stray(let error): return teamWithoutSign() ?? error
        case .close: return SyntaxError(current.range, "this `)` was not opened")
        case .comma: return strayComma()
        case .comparison:
            return SyntaxError(
                current.range, "\(before) cannot be compared with a number",
                hint: "\(Quotation.list(Vocabulary.measures.sorted())) can, and `labels(…)`")
        case .open:
            return SyntaxError(current.range, "an operator is missing between \(before) and `(`")
        case .name(let word) where ["and", "or", "not", "of"].contains(word.lowercased()) && word != word.lowercased():
            return SyntaxError(
                current.range, "\(found) is written in small letters", hint: "write `\(word.lowercased())`")
        case .name("of"):
            return SyntaxError(
                current.range, "a number or `all` stands before `of`",
                hint: "for example `\(kind == .requirement ? "2 of qa" : kind.example)`")
        case .name("by"), .name("from"), .name("in"):
            return SyntaxError(
                current.range, "\(found) does not belong after \(before)",
                hint: "`by` and `from` stand inside the parentheses: `label(\"…\" by leads)`, `status(\"…\" from @bot)`"
            )
        case .name("not"):
            return SyntaxError(
                current.range, "`and` or `or` is missing before `not`",
                hint: "to take people out of a set, write `a - b`")
        default:
            return SyntaxError(
                current.range, "an operator is missing between \(before) and \(found)",
                hint: "`a | b` is one of both sets, `a and b` asks for one of each, `a or b` for one of either")
        }
    }
}
