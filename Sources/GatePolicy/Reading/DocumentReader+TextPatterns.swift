extension DocumentReader {
    /// `reviews:`: `true`, `false`, or patterns on the text of a review.
    /// - Parameter gives: whether what matches approves or takes back, rather than asks for changes.
    mutating func reviewRule(_ node: DocumentNode, gives: Bool) -> ReviewRule? {
        if case .text(let text, _) = node.content, ["true", "false"].contains(text.string) {
            return text.string == "true" ? .all : ReviewRule.none
        }
        let form = "`true`, `false`, or patterns: `reviews: [\"*tested*\"]`"
        // One word without a sign of a pattern is more likely a slip than the whole text of a review.
        if case .text(let text, true) = node.content, !text.string.contains("*"), !text.string.hasPrefix("re:") {
            // In quotes, so that it stays one text whatever stands in it.
            let whole = "['\(text.string.replacing("'", with: "''"))']"
            let alone = Quotation.pasted(whole).map { "; a text that is the whole review is \($0)" } ?? ""
            error(text.span, "`reviews` cannot be \(Quotation.inline(text.string))", hint: "write \(form)\(alone)")
            return nil
        }
        return textPatterns(node, of: "reviews", gives: gives, form: "write \(form)").map { .matching($0) }
    }

    /// `comments:`: patterns, an empty list being none; nil inside for none, nil outside after a mistake.
    mutating func commentRule(_ node: DocumentNode, gives: Bool) -> TextPatterns?? {
        if case .list(let items) = node.content, items.isEmpty { return .some(nil) }
        if case .text(let text, _) = node.content, ["true", "false"].contains(text.string) {
            error(
                text.span, "`comments` holds patterns, not \(Quotation.inline(text.string))",
                hint: text.string == "false"
                    ? "write `comments: []` where no comment counts"
                    : "say which comments count, as in `comments: [\"*LGTM*\"]`")
            return nil
        }
        let form = "for example `comments: [\"*LGTM*\", \"re:^approved\"]`"
        return textPatterns(node, of: "comments", gives: gives, form: form).map { .some($0) }
    }

    /// A pattern or a list of patterns on what somebody wrote.
    private mutating func textPatterns(
        _ node: DocumentNode, of key: String, gives: Bool, form: String
    ) -> TextPatterns? {
        var texts: [SourceText] = []
        switch node.content {
        case .text: texts = [text(node, of: key)].compactMap { $0 }
        case .list(let items) where !items.isEmpty:
            for item in items {
                // An empty pattern is told as one.
                if case .text(let text, _) = item.content, !item.isNull {
                    texts.append(text)
                } else {
                    _ = text(item, of: key)
                }
            }
            if texts.count < items.count { return nil }
        case .list:
            error(node.span, "`\(key)` has no pattern, so nothing would match", hint: form)
            return nil
        case .entries:
            error(node.span, "`\(key)` holds patterns, not \(node.kind)", hint: form)
            return nil
        }
        let patterns = texts.compactMap { expressions.textPattern($0, of: key) }
        guard !texts.isEmpty, patterns.count == texts.count else { return nil }
        do {
            return TextPatterns(try PatternList(patterns), gives: gives)
        } catch {
            self.error(
                node.span, "the patterns of `\(key)` cannot be compiled together: \(Quotation.inline(error.reason))")
            return nil
        }
    }
}
