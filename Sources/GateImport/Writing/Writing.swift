/// How texts are written: in messages, in the language and in YAML.
enum Writing {
    /// The text in backticks, as messages show input.
    static func inline(_ text: String, limit: Int = 60) -> String { "`\(visible(text, limit: limit))`" }

    /// The text on one line, without control characters, cut at a limit.
    static func visible(_ text: String, limit: Int) -> String {
        var result = String.UnicodeScalarView()
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == limit {
                result.append("…")
                break
            }
            result.append(isVisible(scalar) ? scalar : " ")
        }
        return String(result)
    }

    /// Whether a scalar can stand in a policy's text as it is.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: true
        }
    }

    /// Whether every character of a text can stand in a policy as it is.
    static func isWritable(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isVisible) }

    /// Words in backticks: `a`, `a` and `b`.
    static func list(_ words: [String], _ joiner: String = "and") -> String {
        let quoted = words.map { inline($0) }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return "\(quoted.dropLast().joined(separator: ", ")) \(joiner) \(last)"
    }

    /// The text as the language writes it, in quotes.
    static func literal(_ text: String) -> String {
        let delimiter: Unicode.Scalar =
            text.unicodeScalars.contains("\"") && !text.unicodeScalars.contains("'") ? "'" : "\""
        var result = String(delimiter)
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if scalar == delimiter {
                result += "\\"
            } else if scalar == "\\" {
                // A backslash is doubled only where it would escape what follows.
                let following = index + 1 < scalars.count ? scalars[index + 1] : delimiter
                if following == "\\" || following == delimiter { result += "\\" }
            }
            result.unicodeScalars.append(scalar)
        }
        result.unicodeScalars.append(delimiter)
        return result
    }

    /// The text as a YAML value: without quotes where YAML reads it so, else in single quotes.
    ///
    /// - Parameter isInFlow: whether it stands in `{ … }` or `[ … ]`
    static func yaml(_ text: String, isInFlow: Bool = false) -> String {
        let first = text.unicodeScalars.first
        let startsPlain = first.map { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "(" } ?? false
        // Marks that combine with a sign do not hide it from YAML.
        let scalars = text.unicodeScalars
        let endsPlain = scalars.last != ":" && scalars.last != " "
        let hasSigns = scalars.contains(": ".unicodeScalars) || scalars.contains(" #".unicodeScalars)
        let hasBrackets = isInFlow && scalars.contains { ",[]{}\"':?".unicodeScalars.contains($0) }
        let isWord = ["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
        if startsPlain, endsPlain, !hasSigns, !hasBrackets, !isWord { return text }
        var quoted = String.UnicodeScalarView()
        for scalar in scalars { quoted.append(contentsOf: scalar == "'" ? ["'", "'"] : [scalar]) }
        return "'\(String(quoted))'"
    }

    /// The text on one line, for a description or a comment.
    static func oneLine(_ text: String, limit: Int = 200) -> String {
        let words = text.split { $0 == " " || $0.isNewline || $0 == "\t" }
        return visible(words.joined(separator: " "), limit: limit)
    }
}
