extension ApprovalRules {
    /// How people approve, in words that follow "sign"; nil where any review does and nothing else.
    var methods: String? {
        let comment = comments.map { "by a comment that says \($0.shortened)" }
        switch (reviews, comment) {
        case (.all, nil): return nil
        case (.all, let comment?): return "by a review, or \(comment)"
        case (.none, let comment): return "\(comment ?? "by nothing"); reviews do not count"
        case (.matching(let patterns), let comment):
            return "by a review that says \(patterns.shortened)" + (comment.map { ", or \($0)" } ?? "")
        }
    }
}

extension TextPatterns {
    /// The first patterns.
    fileprivate var shortened: String {
        let shown = Quotation.list(texts.prefix(3).map { Quotation.visible($0, limit: 40) })
        return texts.count > 3 ? "\(shown) or \(texts.count - 3) others" : shown
    }
}
