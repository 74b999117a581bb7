/// A list of gates of which nobody may fill places in two.
struct DistinctList {
    var names: [SourceText]
    var span: SourceSpan
}

extension DocumentReader {
    /// `distinct:` of the file: one list of gates, or several; whether there are such gates is seen when all are known.
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
        let names = items.compactMap { text($0, of: "distinct") }
        var seen: Set<String> = []
        for name in names where !seen.insert(name.string).inserted {
            error(name.span, "\(Quotation.inline(name.string)) is named twice", hint: "name each gate once")
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
}
