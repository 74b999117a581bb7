extension ExpressionReader {
    /// The condition an expression means; nil after reporting what is wrong.
    mutating func condition(_ expression: Expression) -> Condition? {
        switch expression {
        case .parenthesis(let inner, _): return condition(inner)
        case .logic(let sign, let parts, _):
            let conditions = parts.map { condition($0) }
            let whole = conditions.compactMap { $0 }
            guard whole.count == parts.count else { return nil }
            return sign == .and ? .all(whole) : .any(whole)
        case .not(let inner, _):
            let outer = (polarity, allowsReferences)
            polarity = polarity.flipped
            allowsReferences = false
            defer { (polarity, allowsReferences) = outer }
            return condition(inner).map { .not($0) }
        case .word(let word, let span): return bare(word, span)
        case .call(let call): return test(call)
        case .quota(_, _, let span):
            error(span, "a count makes a requirement, and a condition is expected here")
        case .user, .team, .set:
            error(
                expression.span, "people are no condition",
                hint: "`author(…)` asks who opened the pull request; who must sign stands in `require`")
        }
        return nil
    }

    private mutating func bare(_ word: String, _ span: SourceSpan) -> Condition? {
        switch word {
        case "true": return .constant(true)
        case "false": return .constant(false)
        case "owners_of_each_file":
            error(span, "`owners_of_each_file` is a requirement, and a condition is expected here")
        case "yes", "no", "on", "off", "True", "False", "TRUE", "FALSE":
            let isYes = ["yes", "on", "true"].contains(word.lowercased())
            error(span, "\(Quotation.inline(word)) is no condition", hint: "write `\(isYes)`")
        case _ where Vocabulary.bareTests.contains(word):
            return test(CallExpression(word: word, wordSpan: span, span: span))
        default:
            let tests = Set(Vocabulary.shapes.keys).union(["true", "false"])
            let isPeople = Vocabulary.people[word] != nil || groups.states[word] != nil
            let example = word == "author" ? "qa" : word
            let near = isPeople ? nil : Suggestion.hint(for: word, among: tests)
            error(
                span, "\(Quotation.inline(word)) names people, and a condition is expected here",
                hint: near
                    ?? "`author(\(example))` asks who opened the pull request; who must sign stands in `require`")
        }
        return nil
    }

    /// The test a call means; each kind reads itself.
    mutating func test(_ call: CallExpression) -> Condition? {
        switch call.word {
        case "never":
            error(call.wordSpan, "`never` is a requirement, and a condition is expected here", hint: "write `false`")
            return nil
        case "gate", "clear":
            error(
                call.wordSpan, "`\(call.word)(…)` stands only in `require`, and not under `not`",
                hint: "repeat the condition here")
            return nil
        default: break
        }
        guard let kind = ConditionRegistry.kind(for: call.word) else {
            error(call.wordSpan, "there is no test \(Quotation.inline(call.word))")
            return nil
        }
        if call.word == "status" { warnAboutWildcards(call) }
        let outer = currentCall
        currentCall = call
        defer { currentCall = outer }
        return kind.read(call, &self).map { .test($0) }
    }

    private mutating func warnAboutWildcards(_ call: CallExpression) {
        for literal in call.strings where Self.looksLikeAPattern(literal.value) {
            warning(literal.span, "names of statuses are exact: this is no pattern", hint: "name each status by itself")
        }
    }

    private static func looksLikeAPattern(_ name: String) -> Bool {
        name.contains("*") || name.hasPrefix("re:") || holdsAlternatives(name)
    }

    /// Whether it holds something like `{a,b}`: a name may be as long as a policy, so it is looked at once.
    private static func holdsAlternatives(_ name: String) -> Bool {
        var isOpen = false
        var hasComma = false
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "{"): (isOpen, hasComma) = (true, false)
            case UInt8(ascii: ","): hasComma = isOpen
            case UInt8(ascii: "}"):
                if isOpen, hasComma { return true }
                isOpen = false
            default: continue
            }
        }
        return false
    }
}

extension Condition {
    /// Its truth when it is the same for every pull request; nil when it depends on one.
    var constantValue: Bool? {
        switch self {
        case .constant(let value): value
        case .test(let test): test.constantValue
        case .not(let inner): inner.constantValue.map { !$0 }
        case .all(let parts): Self.fold(parts, neutral: true)
        case .any(let parts): Self.fold(parts, neutral: false)
        }
    }

    private static func fold(_ parts: [Condition], neutral: Bool) -> Bool? {
        // INVARIANT: each part is asked once: asking twice doubles at every level.
        let values = parts.map(\.constantValue)
        if values.contains(!neutral) { return !neutral }
        // `x and not x`, `x or not x`.
        let written = Set(parts.map(\.description))
        for part in parts {
            if case .not(let inner) = part, written.contains(inner.description), inner.asksTheSameUnderNot {
                return !neutral
            }
        }
        return values.allSatisfy { $0 == neutral } ? neutral : nil
    }

    /// Whether its words ask the same under `not` as without.
    var asksTheSameUnderNot: Bool {
        switch self {
        case .constant: true
        case .test(let test): test.meaning == nil
        case .not(let inner): inner.asksTheSameUnderNot
        case .all(let parts), .any(let parts): parts.allSatisfy(\.asksTheSameUnderNot)
        }
    }
}
