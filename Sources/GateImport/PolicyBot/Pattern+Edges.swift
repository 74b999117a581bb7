extension Pattern {
    /// Whether an expression may match a text only because quotes, marks and whole lines of it were left out: it looks
    /// at the edges of lines or of the text, or may run over the end of a line.
    static func looksAtEdges(_ expression: String) -> Bool {
        if expression.contains("[:") || hasDotOverLines(expression) { return true }
        var scalars = expression.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch scalar {
            case "^", "$": return true
            case "\\":
                // Words, their edges, digits and punctuation stand for themselves wherever they are.
                guard let escaped = scalars.next() else { return true }
                if escaped.properties.isAlphabetic || ("0"..."9").contains(escaped),
                    !"bBdw".contains(Character(escaped))
                {
                    return true
                }
            default: continue
            }
        }
        return false
    }

    /// Whether it begins or ends with white space that must stand at an edge of the text.
    static func asksForOuterSpace(_ expression: String) -> Bool {
        if expression.contains("|") || expression.contains("(?") { return false }
        return expression.contains(/^(?:\^|\\A)(?: |\\s)(?![*?{])/)
            || expression.contains(/(?:^|[^\\])(?: |\\s)\+?(?:\$|\\z)$/)
    }

    /// Whether a comment that is just this text would not be heard, or not as it is: it begins a command, a quote, a
    /// list or an HTML comment, or has white space around it.
    static func isUnheard(_ text: String) -> Bool {
        text.contains(/^\s|\s$|^>|^<!--|^[\-+*] |^[0-9]+[.)] |^\/(?i:recheck|waive|ack|revoke|why)(?:\s|$)/)
    }

    /// The expression that a warning about edges is best shown with.
    static func worst(of expressions: [String]) -> String? {
        expressions.first(where: asksForOuterSpace) ?? expressions.first(where: looksAtEdges)
    }

    /// Whether flags let `.` match the end of a line.
    private static func hasDotOverLines(_ expression: String) -> Bool {
        var rest = Substring(expression)
        while let flags = rest.firstRange(of: "(?") {
            rest = rest[flags.upperBound...]
            if rest.prefix(while: { $0.isLetter || $0 == "-" }).contains("s") { return true }
        }
        return false
    }
}
