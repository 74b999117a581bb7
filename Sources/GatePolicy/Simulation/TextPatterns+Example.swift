extension Policy {
    /// A text that patterns match, as one of them plainly says it; nil where none does.
    public func example(of patterns: TextPatterns) -> String? {
        for pattern in patterns.texts where !pattern.hasPrefix("!") {
            let text =
                pattern.hasPrefix("re:") ? Self.plain(expression: pattern.dropFirst(3)) : Self.plain(glob: pattern)
            guard !text.isEmpty else { continue }
            if patterns.match(PlainWords(text, besides: plan.vocabulary)) == .yes { return text }
        }
        return nil
    }

    /// What stands between its stars.
    private static func plain(glob: String) -> String {
        var result = ""
        var isEscaped = false
        for character in glob {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else if isEscaped || character != "*" {
                result.append(character)
                isEscaped = false
            }
        }
        return result
    }

    /// What stands between its edges.
    private static func plain(expression: Substring) -> String {
        var text = expression
        if text.hasPrefix("(?i)") { text = text.dropFirst(4) }
        if text.hasPrefix("^") { text = text.dropFirst() }
        if text.hasSuffix("$") { text = text.dropLast() }
        return String(text)
    }
}
