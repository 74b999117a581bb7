extension DocumentReader {
    /// `block:` of the file or of a gate.
    mutating func blockRule(_ node: DocumentNode, open: Bool) -> Block? {
        switch node.content {
        case .text(let text, _) where text.string == "none": return Block(by: nil)
        case .text(let text, _) where ["false", "no", "off", "nobody"].contains(text.string):
            error(
                text.span, "`block` cannot be \(Quotation.inline(text.string))",
                hint: "write `none`, and nobody's request for changes blocks")
            return nil
        case .text: return people(node, of: "block", open: open).map { Block(by: $0) }
        case .list:
            error(node.span, "`block` is a set of people, not a list", hint: "join them: `block: leads | security`")
            return nil
        case .entries:
            return blockRule(of: node, open: open)
        }
    }

    private mutating func blockRule(of node: DocumentNode, open: Bool) -> Block? {
        guard
            let keys = entries(
                of: node, what: "`block`", known: ["by", "stale", "reviews", "comments", "revoke"])
        else { return nil }
        guard let by = keys["by"] else {
            error(node.span, "`block` needs `by`", hint: "`{ by: writers, stale: exact-head }`")
            return nil
        }
        var rule = Block(by: nil)
        if let entry = keys["stale"] {
            guard choice(entry.value, of: "stale", ["exact-head"]) != nil else { return nil }
            rule.endsWithHead = true
        }
        if let entry = keys["reviews"] {
            guard let reviews = reviewRule(entry.value, gives: false) else { return nil }
            rule.reviews = reviews
        }
        if let entry = keys["comments"] {
            guard let comments = commentRule(entry.value, gives: false) else { return nil }
            rule.comments = comments
        }
        if rule.reviews == .none, rule.comments == nil {
            error(
                keys["reviews"]?.key.span ?? node.span,
                "where neither reviews nor comments ask for changes nothing blocks",
                hint: "write `block: none` if that is meant, or say which comments block: `comments: [\"*:-1:*\"]`")
            return nil
        }
        if let entry = keys["revoke"] {
            guard let revoke = revoking(entry.value) else { return nil }
            rule.revoke = revoke
        }
        return people(by.value, of: "by", open: open).map {
            rule.by = $0
            return rule
        }
    }

    /// `revoke:`: how each of the blockers takes the requests of all of them back.
    private mutating func revoking(_ node: DocumentNode) -> Block.Revoke? {
        let form = "`revoke: { reviews: true, comments: [\"*:+1:*\"] }`"
        if case .text = node.content {
            error(node.span, "`revoke` holds `reviews` and `comments`", hint: form)
            return nil
        }
        guard let keys = entries(of: node, what: "`revoke`", known: ["reviews", "comments"]) else { return nil }
        var revoke = Block.Revoke()
        if let entry = keys["reviews"] {
            guard let reviews = reviewRule(entry.value, gives: true) else { return nil }
            revoke.reviews = reviews
        }
        if let entry = keys["comments"] {
            guard let comments = commentRule(entry.value, gives: true) else { return nil }
            revoke.comments = comments
        }
        if revoke.reviews == .none, revoke.comments == nil {
            error(node.span, "neither reviews nor comments take anything back here", hint: "take `revoke` away")
            return nil
        }
        return revoke
    }
}
