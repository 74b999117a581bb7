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
            if let meant = testInEnglish(word, from: token) { throw meant }
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
        case .stray(let error): return error
        case .string(let text):
            let example = kind == .condition && text.contains("*") ? self.text.string(current.range) : "\"docs/**\""
            let test = "a test takes its texts in parentheses: `changes(\(example))`"
            let people = "people are written without quotes"
            return SyntaxError(
                current.range, "a text in quotes cannot stand here",
                hint: kind == .condition
                    ? test : Vocabulary.isName(text) ? "\(people): `\(text)`" : "\(people); \(test)")
        case .number(let number):
            if previous.kind == .name("of"), following.kind == .name("of") { return countOfACount(number) }
            return SyntaxError(
                current.range, "a number cannot stand here", hint: "a count stands in front: `\(number) of (a | b)`")
        default: return SyntaxError(current.range, "\(found) cannot stand here: something is missing before it")
        }
    }

    private func closeError(opened: Token) -> SyntaxError? {
        guard current.kind != .close else { return nil }
        if current.kind == .end { return SyntaxError(opened.range, "this `(` is not closed", hint: closed) }
        let found = Quotation.inline(text.string(current.range))
        let before = Quotation.inline(text.string(previous.range))
        if case .stray(let error) = current.kind { return teamWithoutSign() ?? error }
        if let meant = plainEnglish() { return meant }
        if case .name(let word) = current.kind, let sign = Expression.LogicOperator(rawValue: word) {
            return SyntaxError(
                current.range, "\(found) joins conditions and requirements, and people stand here",
                hint: sign == .or ? "write `|` for who is in either set" : "write `&` for who is in both sets")
        }
        if case .comma = current.kind { return strayComma() }
        return SyntaxError(current.range, "expected `)` or an operator after \(before), found \(found)")
    }

    /// What closes the text where it ends, if that makes it one that can be read.
    private var closed: String {
        // INVARIANT: the text is read once more only where it is short.
        guard !isTrial, text.scalars.count <= Quotation.longestPasted else { return "write `)` where it ends" }
        let missing = tokens.count { $0.kind == .open } - tokens.count { $0.kind == .close }
        let text = text.string(0..<text.scalars.count).trimmed + String(repeating: ")", count: max(0, missing))
        let isReadable = (try? Self.parse(SourceText(text, file: ""), as: kind, isTrial: true)) != nil
        return (isReadable ? Quotation.pasted(text) : nil).map { "write \($0)" } ?? "write `)` where it ends"
    }

    /// `acme/qa`, where the parser stands at the `/`.
    func teamWithoutSign() -> SyntaxError? {
        guard kind != .condition, text.string(current.range) == "/", case .name(let owner) = previous.kind,
            case .name(let name) = following.kind, previous.range.upperBound == current.range.lowerBound,
            current.range.upperBound == following.range.lowerBound
        else { return nil }
        let range = previous.range.lowerBound..<following.range.upperBound
        let isWhole = range == 0..<text.scalars.count
        return SyntaxError(
            range, "a team of an organisation begins with `@`",
            hint: isWhole
                ? "write `'@\(owner)/\(name)'`, with the quotation marks"
                : "write `@\(owner)/\(name)`; YAML wants quotation marks around a value that begins with `@`")
    }

    private mutating func close(opened: Token) throws(SyntaxError) {
        if let error = closeError(opened: opened) { throw error }
        advance()
    }

    // MARK: Tests

    private mutating func measured(_ word: String) throws(SyntaxError) -> Expression {
        let token = current
        guard Vocabulary.measures.contains(word) else {
            let mended = mendedComparison(word).flatMap(Quotation.pasted).map { "write \($0)" }
            if let shape = Vocabulary.shapes[word], shape != .bare, Vocabulary.people[word] == nil || mended != nil {
                throw SyntaxError(
                    token.range, "\(Quotation.inline(word)) is compared with nothing",
                    hint: mended ?? "write what it shall match in parentheses: `\(word)(…)`")
            }
            guard case .number = tokens[position + 2].kind else {
                throw SyntaxError(
                    token.range, "there is no test \(Quotation.inline(word))", hint: Vocabulary.testsHint(for: word))
            }
            let near = Suggestion.hint(for: word, among: Vocabulary.measures)
            throw SyntaxError(
                token.range, "\(Quotation.inline(word)) cannot be compared with a number",
                hint: near ?? mended ?? "\(Quotation.list(Vocabulary.measures.sorted())) can, and `labels(…)`")
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
            if case .stray(let error) = current.kind, text.string(error.range).first?.isNumber == true { throw error }
            if let meant = grouped(current.range) { throw meant }
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
        if word == "owners_of_each_file" {
            throw SyntaxError(following.range, "`\(word)` takes no parentheses", hint: "write `\(word)`")
        }
        guard let shape = Vocabulary.shapes[word] else {
            throw SyntaxError(
                token.range, "there is no test \(Quotation.inline(word))", hint: Vocabulary.testsHint(for: word))
        }
        if shape == .bare {
            let paths = word == "files" ? ", or `changes(\"…\")` for paths" : ""
            let example = Vocabulary.measures.contains(word) ? "`\(word) < 200`\(paths)" : "`\(word)`"
            throw SyntaxError(following.range, "`\(word)` takes no parentheses", hint: "write \(example)")
        }
        var call = CallExpression(word: word, wordSpan: text.span(token.range), span: text.span(token.range))
        advance()
        let opening = position
        let opened = current
        advance()
        if current.kind == .close {
            throw SyntaxError(
                opened.range.lowerBound..<current.range.upperBound, "`\(word)` needs something in its parentheses",
                hint: shape == .people ? "`\(word)(qa)`" : "`\(word)(\"…\")`")
        }
        try nested { parser throws(SyntaxError) in try parser.arguments(&call, shape, opening) }
        if call.by == nil, call.from == nil, shape == .strings, case .name(let joiner) = current.kind,
            Expression.LogicOperator(rawValue: joiner) != nil
        {
            throw SyntaxError(
                current.range, "`\(joiner)` joins conditions and requirements, and texts stand here",
                hint: mendedCall(word, from: opening).flatMap(Quotation.pasted).map { "write \($0)" }
                    ?? "texts are parted by commas")
        }
        try close(opened: opened)
        if word == "status" { call.states = try states() }
        if word != "labels" { try refuseComparison(word, from: token.range.lowerBound) }
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

    /// Refuses a comparison behind a test that holds or does not.
    private func refuseComparison(_ word: String, from start: Int) throws(SyntaxError) {
        guard case .comparison(let sign) = current.kind else { return }
        let test = text.string(start..<previous.range.upperBound)
        let told: String
        if word == "status", sign == .equal || sign == .notEqual {
            let state = text.string(following.range).filter { $0 != "\"" && $0 != "'" }
            let meant = StatusState(rawValue: state) ?? .success
            let states = sign == .equal ? [meant] : StatusState.allCases.filter { $0 != meant }
            told = "\(test) in (\(states.map(\.rawValue).joined(separator: ", ")))"
        } else {
            told = "\(sign == .notEqual ? "not " : "")\(test)"
        }
        throw SyntaxError(
            current.range, "`\(word)(…)` holds or does not hold, and is compared with nothing",
            hint: Quotation.pasted(told).map { "write \($0)" } ?? "write the test without the comparison")
    }

    private mutating func arguments(
        _ call: inout CallExpression, _ shape: Vocabulary.Shape, _ opening: Int
    ) throws(SyntaxError) {
        if shape == .people {
            if case .string = current.kind {
                throw SyntaxError(current.range, "`\(call.word)` takes people, and they are written without quotes")
            }
            call.argument = try set()
            return
        }
        while true {
            guard case .string(let value) = current.kind else {
                if case .stray(let error) = current.kind,
                    "\"'".unicodeScalars.contains(text.scalars[error.range.lowerBound])
                {
                    throw error
                }
                throw SyntaxError(
                    current.range, "`\(call.word)` takes texts in quotes",
                    hint: mendedCall(call.word, from: opening).flatMap(Quotation.pasted) ?? "`\(call.word)(\"…\")`")
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
