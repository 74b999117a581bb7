extension DocumentReader {
    /// The entries of a value by key; unknown keys and those of later versions are reported.
    mutating func entries(
        of node: DocumentNode, what: String, known: [String], later: [String] = []
    ) -> [String: DocumentNode.Entry]? {
        guard case .entries(let entries) = node.content else {
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
            } else if later.contains(key) {
                expressions.notYet(key, entry.key.span)
            } else {
                error(
                    entry.key.span, "\(what) has no key \(Quotation.inline(key))",
                    hint: Suggestion.hint(for: key, among: known + later)
                        ?? "its keys are \(Quotation.list(known, "and"))")
            }
        }
        return result
    }

    /// A text that is not empty.
    mutating func text(_ node: DocumentNode, of key: String) -> SourceText? {
        guard case .text(let text, _) = node.content else {
            error(node.span, "`\(key)` must be a text, and is \(node.kind) here")
            return nil
        }
        if text.scalars.allSatisfy({ $0 == " " || $0 == "\n" || $0 == "\t" }) {
            error(node.span, "`\(key)` has no value", hint: "write one, or take the key away")
            return nil
        }
        return text
    }

    /// One of some words.
    mutating func choice(_ node: DocumentNode, of key: String, _ words: [String], later: [String] = []) -> String? {
        guard let text = text(node, of: key) else { return nil }
        if words.contains(text.string) { return text.string }
        if later.contains(text.string) {
            expressions.notYet("\(key): \(text.string)", text.span)
            return nil
        }
        let hint =
            Suggestion.hint(for: text.string, among: words)
            ?? (key == "advisory" ? nil : "write \(Quotation.list(words))")
        error(text.span, "`\(key)` cannot be \(Quotation.inline(text.string))", hint: hint)
        return nil
    }

    /// `true` or `false`.
    mutating func flag(_ node: DocumentNode, of key: String, later: [String] = []) -> Bool? {
        choice(node, of: key, ["true", "false"], later: later).map { $0 == "true" }
    }

    /// The expression that a text holds, and what it means.
    mutating func expression<Meaning>(
        _ node: DocumentNode, of key: String,
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
                hint: key == "when" || key == "advisory"
                    ? "for example `\(key): changes(\"docs/**\") and not fork`"
                    : "for example `\(key): 2 of qa and security`")
            return nil
        }
        guard let text = text(node, of: key) else { return nil }
        let before = expressions.diagnostics.count
        guard let expression = expressions.parse(text) else {
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
            expressions.diagnostics[index].hint =
                "YAML ends a value at ` #`: write `\(key): \(Quotation.visible(quoted, limit: 160))`"
        case ",", "#":
            expressions.diagnostics[index].hint =
                "YAML ends this value at the `\(rest.first ?? ",")`: put the whole value in single quotes, `\(key): '…'`"
        default: break
        }
    }

    /// A condition.
    mutating func condition(_ node: DocumentNode, of key: String, polarity: Polarity) -> Condition? {
        expression(node, of: key) { reader, expression in
            reader.polarity = polarity
            reader.refusesOpenSets = false
            reader.allowsReferences = false
            return reader.condition(expression)
        }
    }

    /// A requirement.
    mutating func requirement(_ node: DocumentNode, of key: String, open: Bool, references: Bool) -> Requirement? {
        expression(node, of: key) { reader, expression in
            reader.polarity = .helps
            reader.refusesOpenSets = !open
            reader.allowsReferences = references
            defer { reader.refusesOpenSets = false }
            return reader.requirement(expression)
        }
    }

    /// A set of people.
    mutating func people(_ node: DocumentNode, of key: String, open: Bool) -> People? {
        expression(node, of: key) { reader, expression in
            reader.polarity = .helps
            reader.refusesOpenSets = !open
            defer { reader.refusesOpenSets = false }
            return reader.people(expression)
        }
    }

    // MARK: approvals and block

    /// `approvals:` of the file, of a gate or of a part.
    /// - Parameter when: what the gate is for; nil for the file's.
    mutating func approvalRules(
        _ node: DocumentNode, defaults: ApprovalRules, when: Condition?? = nil
    ) -> ApprovalRules? {
        guard
            let keys = entries(
                of: node, what: "`approvals`",
                known: ["stale", "author", "committers", "reviews", "ignore_commits_by"],
                later: ["comments"])
        else { return nil }
        var rules = defaults
        if let entry = keys["stale"] {
            let words = ApprovalRules.Staleness.allCases.map(\.rawValue)
            if let word = choice(entry.value, of: "stale", words), let stale = ApprovalRules.Staleness(rawValue: word) {
                rules.stale = stale
                rules.scope = stale == .sameFiles ? scope(of: when, entry.value.span) : nil
                if stale == .keep {
                    warning(
                        entry.value.span, "`stale: keep` lets an approval stand for code that its author never saw",
                        hint: "`same-diff` keeps it only while the change is the same")
                }
            }
        }
        if let entry = keys["author"], let flag = flag(entry.value, of: "author") { rules.author = flag }
        if let entry = keys["committers"],
            let word = choice(entry.value, of: "committers", ["true", "false", "strict"])
        {
            rules.committers = word == "true"
            rules.committerRule.isStrict = word == "strict"
        }
        if let entry = keys["ignore_commits_by"] { rules.committerRule.ignoring = ignoredCommitters(entry.value) }
        if let entry = keys["reviews"] {
            if case .text(let text, _) = entry.value.content, text.string != "true" {
                expressions.notYet("reviews: \(Quotation.visible(text.string, limit: 40))", text.span)
            } else if case .text = entry.value.content {
            } else {
                expressions.notYet("reviews: [ … ]", entry.value.span)
            }
        }
        return rules
    }

    /// The paths that `stale: same-files` compares: those of the gate's only condition.
    private mutating func scope(of when: Condition??, _ span: SourceSpan) -> PathScope? {
        if case .test(let test)?? = when, let paths = test as? ChangedPaths, !paths.only {
            return PathScope(paths.patterns)
        }
        // A `when` with a mistake of its own has been told.
        if case .some(.none) = when { return nil }
        error(
            span, "`stale: same-files` is for a gate whose `when` is one `changes(…)`",
            hint: "write it in such a gate's own `approvals`, or write `same-diff`")
        return nil
    }

    /// `ignore_commits_by:`: people, or a list of them.
    private mutating func ignoredCommitters(_ node: DocumentNode) -> People? {
        guard case .list(let items) = node.content else { return people(node, of: "ignore_commits_by", open: false) }
        let sets = items.compactMap { people($0, of: "ignore_commits_by", open: false) }
        return sets.count > 1 ? .union(sets) : sets.first
    }

    /// `block:` of the file or of a gate.
    mutating func blockRule(_ node: DocumentNode, open: Bool) -> Block? {
        switch node.content {
        case .text(let text, _) where text.string == "none": return Block(by: nil)
        case .text: return people(node, of: "block", open: open).map { Block(by: $0) }
        case .list:
            error(node.span, "`block` is a set of people, not a list", hint: "join them: `block: leads | security`")
            return nil
        case .entries:
            guard let keys = entries(of: node, what: "`block`", known: ["by", "stale"]) else { return nil }
            var ends = false
            if let entry = keys["stale"] {
                guard choice(entry.value, of: "stale", ["exact-head"]) != nil else { return nil }
                ends = true
            }
            guard let by = keys["by"] else {
                error(node.span, "`block` needs `by`", hint: "`{ by: writers, stale: exact-head }`")
                return nil
            }
            return people(by.value, of: "by", open: open).map { Block(by: $0, endsWithHead: ends) }
        }
    }
}
