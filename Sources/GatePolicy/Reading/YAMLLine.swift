/// A line `key: value` as it is written, cut without YAML's help.
struct YAMLLine {
    private let head: String
    /// What stands after the key, without a comment that follows it; nil where there is no key.
    let value: String?
    /// From 1.
    let valueColumn: Int
    private let tail: String

    init(_ scalars: [Unicode.Scalar]) {
        let colon = scalars.indices.first { index in
            scalars[index] == ":" && index + 1 < scalars.count && scalars[index + 1] == " "
        }
        guard let colon, Self.isKey(scalars[..<colon]) else {
            (head, value, valueColumn, tail) = (Self.text(scalars[...]), nil, 1, "")
            return
        }
        var start = colon + 1
        while start < scalars.count, scalars[start] == " " { start += 1 }
        // Inside `{ a: b, c: d }` the value is the one after the first key that YAML cannot hold.
        if start < scalars.count, scalars[start] == "{" {
            let inner = Self.flowValue(scalars, from: start)
            (head, value, valueColumn, tail) = (
                Self.text(scalars[..<inner.lowerBound]), inner.isEmpty ? nil : Self.text(scalars[inner]),
                inner.lowerBound + 1, Self.text(scalars[inner.upperBound...])
            )
            return
        }
        let end = Self.comment(scalars, from: start)
        var last = end
        while last > start, scalars[last - 1] == " " { last -= 1 }
        (head, value, valueColumn, tail) = (
            Self.text(scalars[..<start]), Self.text(scalars[start..<last]), start + 1, Self.text(scalars[last...])
        )
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func isKey(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        let key = text(scalars).trimmed
        let name = key.hasPrefix("- ") ? String(key.dropFirst(2)).trimmed : key
        return Vocabulary.isName(name) || name == "version"
    }

    /// Where a comment begins: ` #` outside quotes.
    private static func comment(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var quote: Unicode.Scalar?
        for index in start..<max(start, scalars.count) {
            let scalar = scalars[index]
            if scalar == quote {
                quote = nil
            } else if quote == nil, scalar == "\"" || scalar == "'" {
                quote = scalar
            } else if quote == nil, scalar == "#", index > start, scalars[index - 1] == " " {
                return index
            }
        }
        return scalars.count
    }

    /// The first value in `{ … }` that begins with a character YAML refuses.
    private static func flowValue(_ scalars: [Unicode.Scalar], from start: Int) -> Range<Int> {
        for index in start..<scalars.count where scalars[index] == "@" || scalars[index] == "`" {
            guard index >= 2, scalars[index - 1] == " ", scalars[index - 2] == ":" else { continue }
            var end = index
            while end < scalars.count, scalars[end] != ",", scalars[end] != "}" { end += 1 }
            while end > index, scalars[end - 1] == " " { end -= 1 }
            return index..<end
        }
        return scalars.count..<scalars.count
    }

    /// Whether a value in quotes goes on after them.
    var hasTextAfterQuote: Bool {
        guard let value, let first = value.first else { return false }
        let rest = value.dropFirst()
        guard let close = rest.firstIndex(of: first) else { return false }
        return !String(rest[rest.index(after: close)...]).trimmed.isEmpty
    }

    /// The line with the value in quotes.
    var quoted: String? {
        guard let value else { return nil }
        if !value.contains("'") { return "\(head)'\(value)'\(tail)" }
        if !value.contains("\""), !value.contains("\\") { return "\(head)\"\(value)\"\(tail)" }
        return
            "\(head)'\(value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'\(tail)"
    }
}
