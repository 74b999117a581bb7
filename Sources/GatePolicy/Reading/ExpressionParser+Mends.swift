// What somebody may have meant, written as the language writes it; each is nil where that cannot be told.
extension ExpressionParser {
    /// A call of a test with each of its texts in quotes and commas between them.
    ///
    /// - Parameter opening: the index of its parenthesis
    func mendedCall(_ word: String, from opening: Int) -> String? {
        // What joins the texts already, and what joins them in a language where each stands by itself.
        let comma = Vocabulary.asksForAllTexts.contains(word) ? "and" : "or"
        var texts: [String] = []
        var states: [StatusState] = []
        var joiners: Set<String> = []
        var pieces: [Token] = []
        func take() -> Bool {
            if word == "status", !texts.isEmpty, joiners.isEmpty, pieces.count == 1,
                case .name(let name) = pieces[0].kind,
                let state = StatusState(rawValue: name)
            {
                states.append(state)
                return true
            }
            return add(pieces, to: &texts, of: word)
        }
        var depth = 0
        var index = opening + 1
        while true {
            let token = tokens[index]
            switch token.kind {
            case .end: return nil
            case .close where depth == 0:
                guard take() else { return nil }
                if states.isEmpty {
                    return written(word, texts, tail: "", closing: index, joiners: joiners, comma: comma)
                }
                let names = states.map(\.rawValue).joined(separator: ", ")
                return "\(word)(\(texts.joined(separator: ", "))) in (\(names))"
            case .name("by"), .name("from"):
                guard take(), let end = tokens[index...].firstIndex(where: { $0.kind == .close }) else {
                    return nil
                }
                let tail = " " + text.string(token.range.lowerBound..<tokens[end].range.lowerBound)
                return written(word, texts, tail: tail, closing: end, joiners: joiners, comma: comma)
            case .comma, .name("and"), .name("or"):
                guard take() else { return nil }
                if case .name(let joiner) = token.kind { joiners.insert(joiner) }
                pieces = []
            default:
                if token.kind == .open { depth += 1 }
                if token.kind == .close { depth -= 1 }
                if !["[", "]"].contains(text.string(token.range)) { pieces.append(token) }
            }
            index += 1
        }
    }

    /// Adds the text that some tokens are, in quotes.
    func add(_ pieces: [Token], to texts: inout [String], of word: String) -> Bool {
        guard let first = pieces.first, let last = pieces.last else { return false }
        let written = text.string(first.range.lowerBound..<last.range.upperBound)
        if pieces.count == 1, case .string = first.kind {
            texts.append(written)
            return true
        }
        let inner = String(written.drop { Self.quotationMarks.contains($0) }.reversed())
        let bare = String(inner.drop { Self.quotationMarks.contains($0) }.reversed())
        if bare.isEmpty || bare.contains("\"") || bare.contains("'") { return false }
        let expression = Self.expression(bare)
        // A path neither begins nor ends so.
        if expression != nil, !Self.takeNames.contains(word) { return false }
        texts.append(Quotation.literal(expression ?? bare))
        return true
    }

    /// Tests of one text that is no path: nothing in it begins with `/`.
    private static let takeNames: Set = ["base", "head", "repository", "title", "body"]

    /// What `/WIP/i` means in languages that write regular expressions so.
    private static func expression(_ text: String) -> String? {
        guard let match = text.wholeMatch(of: /\/(.+)\/(i?)/) else { return nil }
        return "re:" + (match.2.isEmpty ? "" : "(?i)") + match.1
    }

    private static let quotationMarks: Set<Character> = ["“", "”", "„", "‘", "’", "«", "»"]

    private func written(
        _ word: String, _ texts: [String], tail: String, closing: Int, joiners: Set<String>, comma: String
    ) -> String? {
        if joiners.isSubset(of: [comma]) { return "\(word)(\(texts.joined(separator: ", "))\(tail))" }
        // `in (…)` and comparisons belong to one test.
        switch tokens[closing + 1].kind {
        case .name("in"), .comparison: return nil
        default: break
        }
        guard joiners.count == 1, let joiner = joiners.first else { return nil }
        return "(\(texts.map { "\(word)(\($0)\(tail))" }.joined(separator: " \(joiner) ")))"
    }

    /// What a word with a comparison behind it that takes none was meant to be: `base = "main"`, `author = @alice`,
    /// `approvals >= 2`.
    func mendedComparison(_ word: String) -> String? {
        guard case .comparison(let sign) = following.kind else { return nil }
        let start = following.range.upperBound
        let operand = String(
            text.string(start..<text.scalars.count).trimmed.prefix { !$0.isWhitespace && !"),".contains($0) })
        if let number = Int(operand) {
            guard kind == .requirement, number > 0, number < 1000, let people = counted(word) else { return nil }
            switch sign {
            case .greater: return "\(number + 1) of \(people)"
            case .greaterOrEqual, .equal: return "\(number) of \(people)"
            default: return nil
            }
        }
        guard sign == .equal || sign == .notEqual, !operand.isEmpty else { return nil }
        let argument: String
        switch Vocabulary.shapes[word] {
        case .strings?:
            guard word != "labels" else { return nil }
            let next = tokens[position + 2]
            if case .string = next.kind {
                argument = text.string(next.range)
            } else if operand.contains("\"") || operand.contains("'") {
                return nil
            } else {
                argument = Quotation.literal(operand)
            }
        case .people?:
            let name = operand.filter { $0 != "\"" && $0 != "'" }
            guard Vocabulary.isName(name.hasPrefix("@") ? String(name.dropFirst()) : name) else { return nil }
            argument = name
        case .bare?, nil: return nil
        }
        return "\(sign == .equal ? "" : "not ")\(word)(\(argument))"
    }

    /// What `2 of 3 of qa` was meant to be: of people one number is asked, and a set has no size.
    func countOfACount(_ inner: Int) -> SyntaxError {
        let outer = text.string(tokens[max(position - 2, 0)].range)
        let people = text.string(tokens[min(position + 2, tokens.count - 1)].range)
        return SyntaxError(
            current.range, "one count stands before people, and this is the second",
            hint: people.isEmpty || !Vocabulary.isName(people)
                ? "take one of them away" : "write `\(outer) of \(people)` or `\(inner) of \(people)`")
    }

    /// The people of whom a number is asked.
    func counted(_ word: String) -> String? {
        if ["approvals", "approvers", "reviews", "reviewers", "signatures"].contains(word) { return "writers" }
        let isPeople = Vocabulary.people[word] != nil && word != "author"
        return isPeople || !Vocabulary.reserved.contains(word) ? word : nil
    }
}
