/// How text of others is shown: on one line, cut, without control characters.
enum Quotation {
    /// The text in backticks, as messages show input.
    static func inline(_ text: String, limit: Int = 60) -> String {
        "`\(visible(text, limit: limit))`"
    }

    /// The longest text that a hint offers to be pasted.
    static let longestPasted = 400

    /// A text to be pasted, in backticks: whole, or not at all.
    static func pasted(_ text: String) -> String? {
        text.unicodeScalars.count <= longestPasted ? inline(text, limit: longestPasted) : nil
    }

    /// The text on one line, cut behind a word where it is longer.
    static func excerpt(_ text: String, limit: Int) -> String {
        let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
        let line = visible(words.joined(separator: " "), limit: .max)
        guard line.unicodeScalars.count > limit else { return line }
        let start = line.unicodeScalars.prefix(limit + 1)
        return String(start.lastIndex(of: " ").map { start[..<$0] } ?? start.dropLast()) + " …"
    }

    /// The text as the language writes it, in quotes.
    static func literal(_ text: String) -> String {
        let delimiter: Unicode.Scalar = text.contains("\"") && !text.contains("'") ? "'" : "\""
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

    /// The text without control characters, cut at a limit.
    static func visible(_ text: String, limit: Int) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count == limit {
                result.append("…")
                break
            }
            result.append(isVisible(scalar) ? scalar : " ")
            count += 1
        }
        return String(result)
    }

    /// Whether a scalar can be shown without changing what stands around it.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }

    /// `a`, `a or b`, `a, b or c`: words in backticks.
    static func list(_ words: [String], _ joiner: String = "or") -> String {
        let quoted = words.map { "`\($0)`" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return "\(quoted.dropLast().joined(separator: ", ")) \(joiner) \(last)"
    }
}
