extension DocumentReader {
    /// The entries of a value by key; unknown keys are reported.
    mutating func entries(
        of node: DocumentNode, what: String, known: [String]
    ) -> [String: DocumentNode.Entry]? {
        guard case .entries(let entries) = node.content else {
            if case .text(let text, _) = node.content,
                let unparted = UnpartedKey(text.string, isKey: known.contains)
            {
                error(node.span, unparted.message, hint: unparted.hint)
                return nil
            }
            error(
                node.span, "\(what) holds keys and values, not \(node.kind)",
                hint: "its keys are \(Quotation.list(known, "and"))")
            return nil
        }
        var result: [String: DocumentNode.Entry] = [:]
        for entry in entries {
            let key = entry.key.string
            if known.contains(key) {
                result[key] = entry
            } else if entry.value.isMissing, let unparted = UnpartedKey(key, isKey: known.contains) {
                error(entry.key.span, unparted.message, hint: unparted.hint)
            } else {
                error(
                    entry.key.span, "\(what) has no key \(Quotation.inline(key))",
                    hint: Suggestion.hint(for: key, among: known)
                        ?? Vocabulary.elsewhere(key, known) ?? "its keys are \(Quotation.list(known, "and"))")
            }
        }
        return result
    }

    /// A text that is not empty.
    mutating func text(
        _ node: DocumentNode, of key: String, hint: String = "a text that begins with `[`, `{` or `- ` stands in quotes"
    ) -> SourceText? {
        guard case .text(let text, _) = node.content else {
            error(node.span, "`\(key)` must be a text, and is \(node.kind) here", hint: hint)
            return nil
        }
        if text.scalars.allSatisfy({ $0 == " " || $0 == "\n" || $0 == "\t" }) {
            error(node.span, "`\(key)` has no value", hint: "write one, or take the key away")
            return nil
        }
        if node.isNull {
            error(
                node.span, "`\(text.string)` is no value, and `\(key)` must have one",
                hint: key == "block"
                    ? "write `none` if nobody's request for changes blocks"
                    : "take it away, or put quotation marks around it if the word is meant")
            return nil
        }
        return text
    }

    /// One of some words.
    /// - Parameter meanings: what each word means, in a few words, where the word alone does not say it.
    mutating func choice(
        _ node: DocumentNode, of key: String, _ words: [String], meanings: [String] = []
    ) -> String? {
        let told = zip(words, meanings).map { "`\($0)` (\($1))" }
        let form = "write \(told.isEmpty ? Quotation.list(words) : told.joined(separator: ", "))"
        guard let text = text(node, of: key, hint: form) else { return nil }
        if words.contains(text.string) { return text.string }
        let hint = Suggestion.hint(for: text.string, among: words) ?? form
        error(text.span, "`\(key)` cannot be \(Quotation.inline(text.string))", hint: hint)
        return nil
    }

    /// `true` or `false`.
    mutating func flag(_ node: DocumentNode, of key: String) -> Bool? {
        choice(node, of: key, ["true", "false"]).map { $0 == "true" }
    }

    /// The expression that a text holds, and what it means.
    mutating func expression<Meaning>(
        _ node: DocumentNode, of key: String, as kind: ExpressionKind,
        _ lower: (inout ExpressionReader, Expression) -> Meaning?
    ) -> Meaning? {
        if case .list = node.content {
            error(
                node.span, "`\(key)` is one expression, not a list",
                hint: "join people by `|`, conditions and requirements by `and` and `or`")
            return nil
        }
        if case .entries = node.content {
            error(
                node.span, "`\(key)` is one expression, not keys and values",
                hint: "for example `\(key): \(kind.example)`")
            return nil
        }
        guard let text = text(node, of: key) else { return nil }
        let before = expressions.diagnostics.count
        guard let expression = expressions.parse(text, as: kind) else {
            if case .text(_, true) = node.content { explainCut(text, key, before) }
            return nil
        }
        return lower(&expressions, expression)
    }

    /// YAML ends a plain value at ` #` and, in `{ … }`, at a comma: says so where that left a bracket or quote open.
    private mutating func explainCut(_ text: SourceText, _ key: String, _ index: Int) {
        guard index < expressions.diagnostics.count, let end = text.places.last, let start = text.places.first,
            expressions.diagnostics[index].message.contains("is not closed")
        else { return }
        let line = source.line(end.line)
        let rest = line.dropFirst(end.column - 1).drop { $0 == " " || $0 == "\t" }
        switch rest.first {
        case "#" where start.line == end.line:
            let value = SourceText.string(line.dropFirst(start.column - 1)).trimmed
            let quoted = value.contains("'") ? "\"…\"" : "'\(value)'"
            let mended = Quotation.pasted("\(key): \(quoted)").map { "write \($0)" }
            expressions.diagnostics[index].hint =
                "YAML ends a value at ` #`: \(mended ?? "put the whole value in single quotes")"
        case ",", "#":
            expressions.diagnostics[index].hint =
                "YAML ends this value at the `\(rest.first ?? ",")`: put the whole value in single quotes, `\(key): '…'`"
        default: break
        }
    }

    /// A condition.
    mutating func condition(_ node: DocumentNode, of key: String, polarity: Polarity) -> Condition? {
        expression(node, of: key, as: .condition) { reader, expression in
            reader.polarity = polarity
            reader.refusesOpenSets = false
            reader.allowsReferences = false
            return reader.condition(expression)
        }
    }

    /// A requirement.
    mutating func requirement(_ node: DocumentNode, of key: String, open: Bool, references: Bool) -> Requirement? {
        expression(node, of: key, as: .requirement) { reader, expression in
            reader.polarity = .helps
            reader.refusesOpenSets = !open
            reader.allowsReferences = references
            defer { reader.refusesOpenSets = false }
            return reader.requirement(expression)
        }
    }

    /// A set of people.
    mutating func people(_ node: DocumentNode, of key: String, open: Bool) -> People? {
        expression(node, of: key, as: .people) { reader, expression in
            reader.polarity = .helps
            reader.refusesOpenSets = !open
            defer { reader.refusesOpenSets = false }
            return reader.people(expression)
        }
    }
}
