extension ExpressionParser {
    /// `( … )`, a person, a team, a word or a call.
    mutating func primary() throws(SyntaxError) -> Expression {
        let token = current
        let span = text.span(token.range)
        switch token.kind {
        case .open:
            advance()
            let inner = try nested { parser throws(SyntaxError) in try parser.logic() }
            try close(opened: token)
            return .parenthesis(inner, self.span(from: token.range.lowerBound))
        case .user(let login):
            advance()
            return .user(login, span)
        case .team(let organization, let name):
            advance()
            return .team(organization: organization, name: name, span)
        case .name(let word):
            if following.kind == .open { return try call(word) }
            if case .comparison = following.kind { return try measured(word) }
            if Vocabulary.measures.contains(word) {
                throw SyntaxError(token.range, "`\(word)` needs a comparison", hint: "for example `\(word) < 200`")
            }
            try refuseMisplaced(word, token)
            advance()
            return .word(word, span)
        default: throw operandMissing()
        }
    }

    private func refuseMisplaced(_ word: String, _ token: Token) throws(SyntaxError) {
        switch word {
        case "and", "or", "of", "by", "from", "in": throw operandMissing()
        case "not":
            throw SyntaxError(
                token.range, "`not` turns a condition round and cannot stand here",
                hint: "to take people out of a set, write `a - b`")
        default:
            guard let shape = Vocabulary.shapes[word], shape != .bare, Vocabulary.people[word] == nil else { return }
            let inside = shape == .people ? "qa" : "\"…\""
            throw SyntaxError(
                token.range, "`\(word)` needs parentheses",
                hint: "`\(word)(\(inside))`; a team of that name is `@org/\(word)`")
        }
    }

    private func operandMissing() -> SyntaxError {
        let found = Quotation.inline(text.string(current.range))
        let isFirst = current.range.lowerBound == 0 || previous.range == current.range
        let before = isFirst ? "" : " after \(Quotation.inline(text.string(previous.range)))"
        switch current.kind {
        case .end: return SyntaxError(current.range, "something is missing\(before)")
        case .string:
            return SyntaxError(
                current.range, "a text in quotes cannot stand here",
                hint: "people are written without quotes; a test takes its texts in parentheses: `changes(\"docs/**\")`"
            )
        case .number(let number):
            return SyntaxError(
                current.range, "a number cannot stand here", hint: "a count stands in front: `\(number) of (a | b)`")
        default: return SyntaxError(current.range, "\(found) cannot stand here: something is missing before it")
        }
    }

    private func closeError(opened: Token) -> SyntaxError? {
        guard current.kind != .close else { return nil }
        if current.kind == .end { return SyntaxError(opened.range, "this `(` is not closed") }
        let found = Quotation.inline(text.string(current.range))
        let before = Quotation.inline(text.string(previous.range))
        if case .name(let word) = current.kind, let sign = Expression.LogicOperator(rawValue: word) {
            return SyntaxError(
                current.range, "\(found) joins conditions and requirements, and people stand here",
                hint: sign == .or ? "write `|` for who is in either set" : "write `&` for who is in both sets")
        }
        if case .comma = current.kind {
            return SyntaxError(
                current.range, "a `,` stands only between texts in quotes",
                hint: "people are joined by `|`, conditions and requirements by `and` and `or`")
        }
        return SyntaxError(current.range, "expected `)` or an operator after \(before), found \(found)")
    }

    private mutating func close(opened: Token) throws(SyntaxError) {
        if let error = closeError(opened: opened) { throw error }
        advance()
    }

    // MARK: Tests

    private mutating func measured(_ word: String) throws(SyntaxError) -> Expression {
        let token = current
        guard Vocabulary.measures.contains(word) else {
            if Vocabulary.quoted.contains(word) {
                throw SyntaxError(
                    token.range, "\(Quotation.inline(word)) is compared with nothing",
                    hint: "write what it shall match in parentheses: `\(word)(\"…\")`")
            }
            let near = Suggestion.hint(for: word, among: Vocabulary.measures)
            throw SyntaxError(
                token.range, "\(Quotation.inline(word)) cannot be compared with a number",
                hint: near ?? "\(Quotation.list(Vocabulary.measures.sorted())) can, and `labels(…)`")
        }
        advance()
        var call = CallExpression(word: word, wordSpan: text.span(token.range), span: text.span(token.range))
        call.comparison = try comparison()
        call.span = span(from: token.range.lowerBound)
        return .call(call)
    }

    private mutating func comparison() throws(SyntaxError) -> CallExpression.ComparisonLiteral? {
        guard case .comparison(let sign) = current.kind else { return nil }
        let start = current.range.lowerBound
        advance()
        guard case .number(let number) = current.kind else {
            throw SyntaxError(current.range, "a whole number is expected after `\(sign.rawValue)`")
        }
        advance()
        if case .comparison = current.kind {
            throw SyntaxError(
                current.range, "comparisons cannot be chained", hint: "write two of them, joined by `and`")
        }
        return .init(comparison: Comparison(sign: sign, number: number), span: span(from: start))
    }

    private mutating func call(_ word: String) throws(SyntaxError) -> Expression {
        let token = current
        if ["and", "or", "of", "by", "from", "in", "not"].contains(word) { try refuseMisplaced(word, token) }
        guard let shape = Vocabulary.shapes[word] else {
            throw SyntaxError(
                token.range, "there is no test \(Quotation.inline(word))",
                hint: Suggestion.hint(for: word, among: Vocabulary.shapes.keys))
        }
        if shape == .bare {
            let example = Vocabulary.measures.contains(word) ? "`\(word) < 200`" : "`\(word)`"
            throw SyntaxError(following.range, "`\(word)` takes no parentheses", hint: "write \(example)")
        }
        var call = CallExpression(word: word, wordSpan: text.span(token.range), span: text.span(token.range))
        advance()
        let opened = current
        advance()
        if current.kind == .close {
            throw SyntaxError(
                opened.range.lowerBound..<current.range.upperBound, "`\(word)` needs something in its parentheses",
                hint: shape == .people ? "`\(word)(qa)`" : "`\(word)(\"…\")`")
        }
        try nested { parser throws(SyntaxError) in try parser.arguments(&call, shape) }
        try close(opened: opened)
        if word == "status" { call.states = try states() }
        if word == "labels" {
            call.comparison = try comparison()
            if call.comparison == nil {
                throw SyntaxError(
                    token.range, "`labels(…)` counts labels and needs a comparison",
                    hint: "for example `labels(\"area:*\") >= 1`")
            }
        }
        call.span = span(from: token.range.lowerBound)
        return .call(call)
    }

    private mutating func arguments(_ call: inout CallExpression, _ shape: Vocabulary.Shape) throws(SyntaxError) {
        if shape == .people {
            if case .string = current.kind {
                throw SyntaxError(current.range, "`\(call.word)` takes people, and they are written without quotes")
            }
            call.argument = try set()
            return
        }
        while true {
            guard case .string(let value) = current.kind else {
                throw SyntaxError(
                    current.range, "`\(call.word)` takes texts in quotes", hint: "`\(call.word)(\"…\")`")
            }
            call.strings.append(.init(value: value, span: text.span(current.range)))
            advance()
            guard current.kind == .comma else { break }
            advance()
        }
        if isWord("by") {
            guard call.word.hasPrefix("label") else {
                throw SyntaxError(current.range, "only `label` and `labels` take `by`")
            }
            advance()
            call.by = try set()
        } else if isWord("from") {
            guard call.word == "status" else { throw SyntaxError(current.range, "only `status` takes `from`") }
            advance()
            if isWord("actions") {
                advance()
                call.from = .actions
            } else {
                call.from = .people(try set())
            }
        }
    }

    private mutating func states() throws(SyntaxError) -> [StatusState]? {
        guard isWord("in") else { return nil }
        advance()
        let opened = current
        guard opened.kind == .open else {
            throw SyntaxError(current.range, "the states stand in parentheses", hint: "`in (success, warning)`")
        }
        var states: [StatusState] = []
        repeat {
            advance()
            guard case .name(let word) = current.kind, let state = StatusState(rawValue: word) else {
                let all = StatusState.allCases.map(\.rawValue)
                throw SyntaxError(
                    current.range, "\(Quotation.inline(text.string(current.range))) is no state of a status",
                    hint: "the states are \(Quotation.list(all, "and")), without quotes")
            }
            states.append(state)
            advance()
        } while current.kind == .comma
        try close(opened: opened)
        return states
    }
}
