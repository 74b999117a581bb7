/// A list of gates of which nobody may fill places in two.
struct DistinctList {
    var names: [String]
    var span: SourceSpan
}

extension DocumentReader {
    /// `distinct:` of the file: one list of gates, or several.
    mutating func distinct(_ entry: DocumentNode.Entry?) {
        guard let entry else { return }
        let example = "for example `distinct: [qa-review, security-review]`"
        guard case .list(let items) = entry.value.content else {
            error(
                entry.value.span, "`distinct` is a list of gates here, not \(entry.value.kind)",
                hint: "\(example); within one gate it is the gate's own `distinct: true`")
            return
        }
        let lists = items.filter { if case .list = $0.content { true } else { false } }
        if !lists.isEmpty, lists.count < items.count {
            error(entry.value.span, "`distinct` is one list of gates or a list of such lists, not both", hint: example)
            return
        }
        for list in lists.isEmpty ? [entry.value] : lists {
            guard case .list(let names) = list.content else { continue }
            distinct(names, list.span)
        }
    }

    private mutating func distinct(_ items: [DocumentNode], _ span: SourceSpan) {
        var names: [String] = []
        for item in items {
            guard let text = text(item, of: "distinct") else { continue }
            let name = text.string
            if parts.contains(where: { $0.name == name }) {
                error(
                    text.span, "`\(name)` is a part, and places count in the gate that refers to it",
                    hint: "name gates")
            } else if self.names[name] == nil {
                let near = expressions.nearest(to: name, among: self.names.keys)
                error(
                    text.span, "there is no gate \(Quotation.inline(name))", hint: near.map { "did you mean `\($0)`?" })
            } else if names.contains(name) {
                error(text.span, "`\(name)` is named twice", hint: "name each gate once")
            } else if distinct.contains(where: { $0.names.contains(name) }) {
                error(
                    text.span, "`\(name)` is in another list of `distinct` already",
                    hint: "join the lists, or take it out of one of them")
            } else {
                names.append(name)
            }
        }
        if items.count < 2 {
            error(
                span, "`distinct` keeps gates apart, so it names at least two",
                hint: "within one gate write its own `distinct: true`")
        }
        distinct.append(DistinctList(names: names, span: span))
    }

    /// A part has no `distinct` of its own.
    mutating func refusesDistinct(_ part: DocumentNode) -> Bool {
        guard case .entries(let entries) = part.content,
            let entry = entries.first(where: { $0.key.string == "distinct" })
        else { return false }
        error(
            entry.key.span, "the places of a part count in the gate that refers to it",
            hint: "write `distinct: true` in that gate")
        return true
    }

    /// What can never be met by different people, and what needs no `distinct`.
    mutating func checkDistinct() {
        if distinct.isEmpty, !gates.contains(where: \.isDistinct) { return }
        if expressions.diagnostics.contains(where: { $0.severity == .error }) { return }
        let plan = Plan(gates: gates, parts: parts, distinct: distinct.map(\.names), people: [])
        for group in plan.groups {
            guard let first = gates.first(where: { $0.name == group.gates[0] }) else { continue }
            let span = distinct.first { $0.names.contains(first.name) }?.span ?? first.span
            if group.counts.count > PolicyLimits.distinctCounts {
                error(
                    span,
                    "gates that must be distinct ask for at most \(PolicyLimits.distinctCounts) counts of people together",
                    hint: "make several lists, or write fewer counts")
            } else if !plan.canBeDistinct(group) {
                error(
                    span, "this can never be met: one person would have to fill two places of `\(group.text)`",
                    hint: "name more people, or take `distinct` away")
            }
        }
        for gate in gates where gate.isDistinct && (plan.group(of: gate.name)?.isPointless(for: gate.name) ?? false) {
            warning(
                gate.span, "`\(gate.name)` asks for one signature, so nobody can fill two of its places",
                hint: "the file's own `distinct: [ … ]` keeps gates apart")
        }
        for list in distinct {
            for name in list.names where gates.first(where: { $0.name == name })?.mode.isOff ?? false {
                warning(list.span, "`\(name)` is off, so it keeps nobody from the other gates")
            }
        }
    }
}

extension DistinctGroup {
    /// Whether a gate holds one place at most.
    fileprivate func isPointless(for gate: String) -> Bool {
        guard let table = gates.firstIndex(of: gate) else { return false }
        let own = counts.filter { $0.table == table }
        return own.isEmpty || (own.count == 1 && own[0].quota.count == 1)
    }
}
