/// Reads values strictly, reporting what does not fit.
protocol FieldReading {
    var log: ImportLog { get set }
    /// The rule being read.
    var rule: String? { get }

    /// Reports what the other gate takes and has no form here.
    mutating func refuse(_ key: String, _ message: String, hint: String, line: Int?)
}

extension FieldReading {
    mutating func refuse(_ key: String, _ message: String, hint: String, line: Int?) {
        log.error(rule, key: key, message, hint: hint, line: line)
    }

    /// The entries of a value by key; unknown keys are errors.
    mutating func fields(
        _ node: SourceNode, of key: String, known: [String], hints: [String: String] = [:]
    ) -> [String: SourceNode.Entry]? {
        if case .empty = node.content { return [:] }
        guard case .entries(let entries) = node.content else {
            wrongKind(node, key, "keys and values")
            return nil
        }
        var result: [String: SourceNode.Entry] = [:]
        for entry in entries {
            guard known.contains(entry.key) else {
                log.error(
                    rule, key: key, "there is no key \(Writing.inline(entry.key)) here",
                    hint: hints[entry.key] ?? "the keys are \(Writing.list(known))", line: entry.line)
                continue
            }
            result[entry.key] = entry
        }
        return result
    }

    /// Reports a value of the wrong kind.
    mutating func wrongKind(_ node: SourceNode, _ key: String, _ expected: String) {
        log.error(
            rule, key: key, "\(expected) expected, and this is \(node.kind)", hint: "write \(expected)",
            line: node.line)
    }

    /// A text; nil where it is absent or wrong.
    mutating func text(_ entry: SourceNode.Entry?) -> String? {
        guard let entry else { return nil }
        switch entry.value.content {
        case .text(let text, _): return text
        case .empty: return nil
        case .list, .entries:
            wrongKind(entry.value, entry.key, "a text")
            return nil
        }
    }

    /// A list of texts; empty where it is absent.
    mutating func texts(_ entry: SourceNode.Entry?) -> [String] {
        guard let entry else { return [] }
        switch entry.value.content {
        case .empty: return []
        case .list(let items):
            return items.compactMap { item in
                if case .text(let text, _) = item.content { return text }
                wrongKind(item, entry.key, "a text")
                return nil
            }
        case .text, .entries:
            wrongKind(entry.value, entry.key, "a list of texts")
            return []
        }
    }

    /// `true` or `false`, in YAML's spellings; nil where it is absent or wrong.
    mutating func flag(_ entry: SourceNode.Entry?) -> Bool? {
        guard let entry else { return nil }
        if case .empty = entry.value.content { return nil }
        if case .text(let text, true) = entry.value.content {
            switch text.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default: break
            }
        }
        log.error(rule, key: entry.key, "`true` or `false` expected", hint: "write one of them", line: entry.line)
        return nil
    }

    /// A whole number; nil where it is absent or wrong.
    /// - Parameter mayBeQuoted: whether the other gate takes a number in quotation marks, too
    mutating func number(_ entry: SourceNode.Entry?, mayBeQuoted: Bool = false) -> Int? {
        guard let entry else { return nil }
        if case .empty = entry.value.content { return nil }
        if case .text(let text, let isPlain) = entry.value.content, let number = Int(text),
            (-999_999_999...999_999_999).contains(number), text == "\(number)"
        {
            if isPlain || mayBeQuoted { return number }
            log.error(
                rule, key: entry.key, "a whole number expected, and in quotation marks it is a text",
                hint: "write `\(number)` without quotation marks", line: entry.line)
            return nil
        }
        log.error(
            rule, key: entry.key, "a whole number of at most 9 digits expected",
            hint: "for example `1`, without zeros before it",
            line: entry.line)
        return nil
    }

    /// Texts that can be written into a policy.
    mutating func writable(_ texts: [String], _ key: String, line: Int) -> [String] {
        for text in texts where !Writing.isWritable(text) {
            refuse(
                key, "\(Writing.inline(text)) holds a character that cannot be seen, and cannot be written",
                hint: "take it away, or write it as `\\x{…}` in a regular expression", line: line)
        }
        return texts
    }
}
