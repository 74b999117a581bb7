extension DocumentReader {
    private static let itemKeys = ["item", "number", "ask", "by", "when"]
    private static let itemForm = "`- { item: root-cause, number: 4, ask: Root cause, by: leads }`"

    /// `checklist:` of a gate.
    mutating func checklist(_ entry: DocumentNode.Entry, _ rules: ApprovalRules?, open: Bool) -> Checklist? {
        guard case .list(let nodes) = entry.value.content, !nodes.isEmpty else {
            error(
                entry.value.span, "`checklist` is a list with at least one item", hint: "for example \(Self.itemForm)")
            return nil
        }
        var items: [Checklist.Item] = []
        for node in nodes {
            if let item = item(node, rules, open: open) { items.append(item) }
        }
        return items.count == nodes.count ? Checklist(items: items) : nil
    }

    private mutating func item(_ node: DocumentNode, _ rules: ApprovalRules?, open: Bool) -> Checklist.Item? {
        guard let keys = entries(of: node, what: "an item of a checklist", known: Self.itemKeys) else { return nil }
        guard let entry = keys["item"] else {
            error(node.span, "the item has no name", hint: "for example \(Self.itemForm)")
            return nil
        }
        guard let name = text(entry.value, of: "item"), canNameItem(name) else { return nil }
        let number = keys["number"].map { itemNumber($0.value) }
        let ask = keys["ask"].map { self.ask($0.value) }
        let when = keys["when"].map { whenCondition($0) } ?? .constant(true)
        let by = keys["by"].map { acknowledging($0, rules, open: open) } ?? nil
        if keys["by"] == nil {
            error(
                name.span, "the item `\(name.string)` has no `by`, so nobody could acknowledge it",
                hint: "say who, as in `by: qa or engineers`")
        }
        if case .some(nil) = number { return nil }
        if case .some(nil) = ask { return nil }
        guard let when, let by else { return nil }
        return Checklist.Item(
            name: name.string, number: number ?? nil, ask: ask ?? nil, by: by, when: when, span: name.span)
    }

    private mutating func acknowledging(
        _ entry: DocumentNode.Entry, _ rules: ApprovalRules?, open: Bool
    ) -> Requirement? {
        guard let by = requirement(entry.value, of: "by", open: open, references: false) else { return nil }
        refuseConstant(by, entry.value.span, "nobody would have to acknowledge it")
        if let rules { checkSigners(by, rules, entry) }
        if by.holdsWithoutSignature {
            error(
                entry.value.span, "this can be met without anybody's `/ack`",
                hint: "every way of meeting it must name people")
            return nil
        }
        return by
    }

    /// Whether it can name an item; that no two share a name is checked when all files are read.
    private mutating func canNameItem(_ name: SourceText) -> Bool {
        guard isName(name, "an item") else { return false }
        if name.string == "policy" {
            error(name.span, "`policy` is the gate that guards the policy itself and cannot name an item")
            return false
        }
        itemCount += 1
        if itemCount == PolicyLimits.items + 1 {
            error(name.span, "a policy has at most \(PolicyLimits.items) items")
        }
        return itemCount <= PolicyLimits.items
    }

    private mutating func itemNumber(_ node: DocumentNode) -> Int? {
        guard let text = text(node, of: "number") else { return nil }
        let isDigits = text.scalars.count <= 9 && text.scalars.allSatisfy { ("0"..."9").contains($0) }
        guard isDigits, let number = Int(text.string) else {
            error(text.span, "`number` is a number of at most 9 digits, not \(Quotation.inline(text.string))")
            return nil
        }
        if number == 0 {
            error(text.span, "items are counted from 1", hint: "give it another number, or take `number` away")
            return nil
        }
        return number
    }

    private mutating func ask(_ node: DocumentNode) -> Ask? {
        guard let text = text(node, of: "ask") else { return nil }
        if text.scalars.count > Ask.maximumScalars || !text.scalars.allSatisfy(Quotation.isVisible) {
            error(text.span, "`ask` is one line of at most \(Ask.maximumScalars) visible characters")
            return nil
        }
        guard let ask = Ask(text.string) else {
            error(
                text.span, "`ask` has no text besides marks",
                hint: "write the line that the description's template asks with")
            return nil
        }
        return ask
    }
}
