extension Diagnostic {
    /// As a terminal shows it: the place and the message, the line with a caret, the hint.
    public var rendered: String {
        var lines = ["\(span.file):\(span.line):\(span.column): \(severity.rawValue): \(message)"]
        if let sourceLine {
            let (text, marker) = Self.excerpt(sourceLine, column: span.column, length: span.length)
            lines.append("    \(text)")
            lines.append("    \(marker)")
        }
        if let hint { lines.append("    hint: \(hint)") }
        return lines.joined(separator: "\n")
    }

    /// A window of a line and the caret under it; what is not visible becomes a blank.
    private static func excerpt(_ line: String, column: Int, length: Int) -> (text: String, marker: String) {
        let scalars = Array(line.unicodeScalars)
        let caret = min(max(0, column - 1), scalars.count)
        let start = scalars.count <= 120 ? 0 : max(0, caret - 60)
        let end = min(scalars.count, start + 120)
        let prefix = start > 0 ? "…" : ""
        let suffix = end < scalars.count ? "…" : ""
        var text = String.UnicodeScalarView()
        for scalar in scalars[start..<end] { text.append(Quotation.isVisible(scalar) ? scalar : " ") }
        let blanks = String(repeating: " ", count: caret - start + prefix.count)
        let room = max(1, min(length, end - caret))
        return (prefix + String(text) + suffix, blanks + String(repeating: "^", count: room))
    }
}

extension [Diagnostic] {
    /// As a terminal shows them, one after the other.
    public var rendered: String { map { $0.rendered + "\n" }.joined() }
}
