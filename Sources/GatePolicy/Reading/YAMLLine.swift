/// A line `key: value` as it is written, cut without YAML's help.
struct YAMLLine {
    private let head: String
    /// What stands after the key, without a comment that follows it; nil where there is no key.
    let value: String?
    /// From 1.
    let valueColumn: Int
    private let tail: String
    /// Whether the value stands in `{ … }`.
    let isInBraces: Bool

    init(_ scalars: [Unicode.Scalar]) {
        let colon = scalars.indices.first { index in
            scalars[index] == ":" && index + 1 < scalars.count && scalars[index + 1] == " "
        }
        guard let colon, Self.isKey(scalars[..<colon]) else {
            (head, value, valueColumn, tail, isInBraces) = (Self.text(scalars[...]), nil, 1, "", false)
            return
        }
        var start = colon + 1
        while start < scalars.count, scalars[start] == " " { start += 1 }
        // Inside `{ a: b, c: d }` the value is the one after the first key that YAML cannot hold.
        let isProse = Self.prose.contains(Self.name(scalars[..<colon]))
        if start < scalars.count, scalars[start] == "{", !isProse {
            let inner = Self.flowValue(scalars, from: start)
            (head, value, valueColumn, tail, isInBraces) = (
                Self.text(scalars[..<inner.lowerBound]), inner.isEmpty ? nil : Self.text(scalars[inner]),
                inner.lowerBound + 1, Self.text(scalars[inner.upperBound...]), true
            )
            return
        }
        let end = Self.comment(scalars, from: start)
        var last = end
        while last > start, scalars[last - 1] == " " { last -= 1 }
        (head, value, valueColumn, tail, isInBraces) = (
            Self.text(scalars[..<start]), Self.text(scalars[start..<last]), start + 1, Self.text(scalars[last...]),
            false
        )
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String { SourceText.string(scalars) }

    private static func isKey(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        let name = name(scalars)
        return Vocabulary.isName(name) || name == "version"
    }

    private static func name(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        let key = text(scalars).trimmed
        return key.hasPrefix("- ") ? String(key.dropFirst(2)).trimmed : key
    }

    /// Keys of texts for people.
    private static let prose: Set<String> = ["description", "ask", "context", "name", "title", "body"]

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
        for index in start..<scalars.count where index >= 2 && scalars[index - 1] == " " && scalars[index - 2] == ":" {
            if "{['\" ".unicodeScalars.contains(scalars[index]) { continue }
            let whole = flowEnd(scalars, index, balanced: true)
            let isRefused = "@`%!".unicodeScalars.contains(scalars[index])
            guard isRefused || whole != flowEnd(scalars, index, balanced: false) else { continue }
            return index..<whole
        }
        return scalars.count..<scalars.count
    }

    /// Where a value in `{ … }` ends: for YAML at the first comma or brace, for its author outside parentheses and quotes.
    private static func flowEnd(_ scalars: [Unicode.Scalar], _ start: Int, balanced: Bool) -> Int {
        var level = 0
        var isQuoted = false
        var end = start
        while end < scalars.count {
            let scalar = scalars[end]
            if scalar == "\"" { isQuoted.toggle() }
            if !isQuoted, scalar == "(" { level += 1 }
            if !isQuoted, scalar == ")" { level -= 1 }
            if ",}]".unicodeScalars.contains(scalar), !balanced || (level <= 0 && !isQuoted) { break }
            end += 1
        }
        while end > start, scalars[end - 1] == " " { end -= 1 }
        return end
    }

    /// Whether a value in quotes goes on after them.
    var hasTextAfterQuote: Bool {
        guard let value, let first = value.first else { return false }
        var rest = value.unicodeScalars.dropFirst()
        while let scalar = rest.popFirst() {
            if first == "\"", scalar == "\\" {
                rest = rest.dropFirst()
            } else if String(scalar) == String(first) {
                if first == "'", rest.first == "'" { rest = rest.dropFirst() } else { break }
            }
        }
        return !String(rest).trimmed.isEmpty
    }

    /// The key that the value stands at.
    var key: String {
        let name = head.trimmed.dropLast().reversed().prefix { $0.isLetter || $0.isNumber || "_.-".contains($0) }
        return String(name.reversed())
    }

    /// Whether the value is a text for people.
    var isProse: Bool { Self.prose.contains(key) }

    /// The line with the value in quotes.
    var quoted: String? { value.map { quoting($0) } }

    /// The line as it was meant: what it says then has no mistake; nil where that cannot be told.
    var mended: String? {
        guard let value else { return nil }
        if isProse { return quoted }
        // `b: require: qa`.
        if !DocumentReader.gateKeys.contains(key), let inner = UnpartedEntry(value), inner.isOfGate {
            return "\(head){ \(value) }\(tail)"
        }
        // What the file names itself and gives a text is a group.
        let kind = ExpressionKind(key: key) ?? .people
        return candidates(value).first { ExpressionReader.reads($0, as: kind) }.map(quoting)
    }

    /// What the value may be meant to say.
    private func candidates(_ value: String) -> [String] {
        var candidates = [value]
        if let mark = value.first, mark == "\"" || mark == "'" {
            if value.last == mark {
                candidates.insert(String(value.dropFirst().dropLast()).replacing("\\\(mark)", with: "\(mark)"), at: 0)
            }
            candidates.append(value.filter { $0 != mark })
        }
        if let call = UnpartedEntry(value)?.call { candidates.append(call) }
        return candidates
    }

    private func quoting(_ value: String) -> String {
        if !value.contains("'") { return "\(head)'\(value)'\(tail)" }
        if !value.contains("\""), !value.contains("\\") { return "\(head)\"\(value)\"\(tail)" }
        return
            "\(head)'\(value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'\(tail)"
    }
}

/// `require: qa`, `changes: ["docs/**"]`: a key and its value that stand as a value.
private struct UnpartedEntry {
    let key: String
    let value: String

    init?(_ written: String) {
        guard let colon = written.firstRange(of: ": ") else { return nil }
        (key, value) = (String(written[..<colon.lowerBound]), String(written[colon.upperBound...]).trimmed)
    }

    /// Whether it is a key of a gate, and a value that may stand in `{ … }`.
    var isOfGate: Bool {
        DocumentReader.gateKeys.contains(key) && !value.isEmpty && !value.contains { ",:#{}[]\"'@`!&*%|>".contains($0) }
    }

    /// The test that it is taken for.
    var call: String? {
        guard Vocabulary.quoted.contains(key) else { return nil }
        let isList = value.hasPrefix("[") && value.hasSuffix("]")
        let texts = isList ? String(value.dropFirst().dropLast()).trimmed : value
        return "\(key)(\(texts.hasPrefix("\"") || texts.hasPrefix("'") ? texts : Quotation.literal(texts)))"
    }
}
