/// What the one parser builds; whether it means people, a condition or a requirement is checked on it afterwards.
indirect enum Expression: Hashable, Sendable {
    /// `qa`, `author`, `true`: a word that is not before a parenthesis.
    case word(String, SourceSpan)
    /// `@alice`.
    case user(String, SourceSpan)
    /// `@acme/qa`.
    case team(organization: String, name: String, SourceSpan)
    /// `changes("docs/**")`, `label("x" by leads)`, `lines > 10`.
    case call(CallExpression)
    /// `a | b | c`, `a & b`, `a - b`.
    case set(SetOperator, [Expression], SourceSpan)
    /// `a and b`, `a or b`.
    case logic(LogicOperator, [Expression], SourceSpan)
    case not(Expression, SourceSpan)
    /// `2 of a`, `all of a`.
    case quota(QuotaCount, Expression, SourceSpan)
    case parenthesis(Expression, SourceSpan)

    enum SetOperator: String, Hashable, Sendable {
        case union = "|"
        case intersection = "&"
        case difference = "-"
    }

    enum LogicOperator: String, Hashable, Sendable { case and, or }

    enum QuotaCount: Hashable, Sendable {
        case count(Int)
        case all
    }

    var span: SourceSpan {
        switch self {
        case .word(_, let span), .user(_, let span), .team(_, _, let span), .set(_, _, let span),
            .logic(_, _, let span), .not(_, let span), .quota(_, _, let span), .parenthesis(_, let span):
            span
        case .call(let call): call.span
        }
    }
}

/// A test as it is written, before its kind has looked at it.
struct CallExpression: Hashable, Sendable {
    /// A quoted text and its place.
    struct StringLiteral: Hashable, Sendable {
        var value: String
        var span: SourceSpan
    }

    /// `from …` of a status.
    enum Source: Hashable, Sendable {
        case people(Expression)
        case actions
    }

    /// `< 10`.
    struct ComparisonLiteral: Hashable, Sendable {
        var comparison: Comparison
        var span: SourceSpan
    }

    var word: String
    /// Of the word.
    var wordSpan: SourceSpan
    /// Of the whole.
    var span: SourceSpan
    /// Quoted texts in the parentheses.
    var strings: [StringLiteral] = []
    /// People in the parentheses, as in `author(qa)`.
    var argument: Expression?
    var by: Expression?
    var from: Source?
    var states: [StatusState]?
    var comparison: ComparisonLiteral?
}
