/// The one spacing of expressions.
enum ExpressionSpacing {
    /// Words that stand apart from a bracket after them; all others are calls.
    private static let apart: Set<String> = ["and", "or", "not", "of", "by", "from", "in"]

    /// The tokens of a text with the blanks between them that everybody writes.
    static func text(_ tokens: [Token], of text: SourceText) -> String {
        var result = ""
        var previous: Token?
        for token in tokens where token.kind != .end {
            if let previous, needsBlank(previous, token) { result += " " }
            result += text.string(token.range)
            previous = token
        }
        return result
    }

    private static func needsBlank(_ left: Token, _ right: Token) -> Bool {
        switch (left.kind, right.kind) {
        case (.open, _), (_, .close), (_, .comma): false
        case (.name(let word), .open): apart.contains(word.lowercased())
        default: true
        }
    }
}
