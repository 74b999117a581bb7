extension DocumentReader {
    /// `waive:`.
    mutating func waive(_ node: DocumentNode, _ rules: ApprovalRules?, open: Bool) -> Gate.Waive? {
        if case .text = node.content {
            error(node.span, "`waive` holds `by` and `reason`", hint: "`waive: { by: leads, reason: required }`")
            return nil
        }
        guard let keys = entries(of: node, what: "`waive`", known: ["by", "reason"]) else { return nil }
        let required =
            keys["reason"].flatMap { choice($0.value, of: "reason", ["required", "optional"]) } != "optional"
        guard let by = keys["by"] else {
            error(node.span, "`waive` needs `by`", hint: "`waive: { by: leads, reason: required }`")
            return nil
        }
        guard let requirement = requirement(by.value, of: "by", open: open, references: false) else { return nil }
        refuseConstant(requirement, by.value.span, "anybody could waive it")
        if case .never = requirement {
            warning(
                by.value.span, "nobody can ever waive this gate",
                hint: "take `waive` away: what has none is not waived")
        }
        if let rules { checkSigners(requirement, rules, by) }
        if requirement.holdsWithoutSignature {
            error(
                by.value.span, "this can be met without anybody's `/waive`",
                hint: "every way of meeting it must name people")
            return nil
        }
        return Gate.Waive(by: requirement, reasonRequired: required)
    }

    /// `mode:` and `advisory:`.
    mutating func mode(_ keys: [String: DocumentNode.Entry]) -> Gate.Mode? {
        let words = ["enforce", "advisory", "off"]
        // Read whatever the mode is: its mistakes are told at once.
        let advisory = keys["advisory"].map { condition($0.value, of: "advisory", polarity: .helps) }
        var word: String?
        if let entry = keys["mode"] {
            if case .text(let text, _) = entry.value.content, text.string.contains(" until ") {
                error(
                    text.span, "`mode` cannot be \(Quotation.inline(text.string))",
                    hint: "write \(Quotation.list(words)); the day stands in a key of its own: `until: 2026-12-01`")
                return nil
            }
            guard let read = choice(entry.value, of: "mode", words) else { return nil }
            word = read
        }
        if let entry = keys["advisory"] {
            if let word, word != "advisory" {
                error(entry.key.span, "`advisory` contradicts `mode: \(word)`", hint: "keep one of them")
                return nil
            }
            guard let condition = advisory ?? nil else { return nil }
            if condition.constantValue == false { return .enforce }
            if CaseTable.value(of: condition) == true, !condition.isWrittenTrue {
                warning(
                    entry.value.span, "this condition is true whatever happens, so the gate does not block",
                    hint: "write `mode: advisory` if that is meant")
            }
            return .advisory(condition.constantValue == true ? nil : condition)
        }
        switch word {
        case "off": return .off
        case "advisory": return .advisory(nil)
        default: return .enforce
        }
    }

    /// `until:`.
    mutating func until(_ entry: DocumentNode.Entry, _ mode: Gate.Mode?) -> CalendarDay? {
        guard let text = text(entry.value, of: "until") else { return nil }
        if case .enforce? = mode {
            error(
                entry.key.span, "`until` ends a mode, and this gate enforces already",
                hint: "write `mode: advisory` or `mode: off` beside it, or take it away")
        }
        guard let day = CalendarDay(text.string) else {
            error(
                text.span, "\(Quotation.inline(text.string)) is no day",
                hint: "write the day from which the gate enforces, as in `2026-12-01`; it begins at 00:00 UTC")
            return nil
        }
        return day
    }

    /// `context:`.
    mutating func context(_ node: DocumentNode) -> Gate.Context? {
        guard let text = text(node, of: "context") else { return nil }
        if text.string == "none" { return Gate.Context.none }
        if !text.scalars.allSatisfy(Quotation.isVisible) || text.scalars.count > 200 {
            error(text.span, "a context is one line of at most 200 visible characters")
            return nil
        }
        if let first = text.scalars.first, let last = text.scalars.last, first.isCommandBlank || last.isCommandBlank {
            error(
                text.span, "a context has no blanks around it: the forge takes them away, and then it is another one",
                hint: "take them away")
            return nil
        }
        warnAboutPlaceholders(text)
        if ContextName(text.string).isOwn {
            error(
                text.span, "contexts that begin with `countersign` are given by the program itself",
                hint: "leave `context` out, or choose another beginning")
            return nil
        }
        return .custom(text.string)
    }

    /// Doubts `{brnch}`, which would be posted as it is.
    private mutating func warnAboutPlaceholders(_ text: SourceText) {
        let known = ["base", "gate"]
        for match in text.string.matches(of: /\{([A-Za-z_]+)\}/) where !known.contains(String(match.output.1)) {
            warning(
                text.span, "\(Quotation.inline(String(match.output.0))) stands for nothing and is posted as it is",
                hint: Suggestion.nearest(to: String(match.output.1), among: known).map { "did you mean `{\($0)}`?" }
                    ?? "`{base}` stands for the branch and `{gate}` for the gate's name")
        }
    }
}

extension Condition {
    /// Whether it is `true`, which says what it does.
    fileprivate var isWrittenTrue: Bool { if case .constant(true) = self { true } else { false } }
}
