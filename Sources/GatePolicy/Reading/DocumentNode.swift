/// A value of the document: a text, a list or keys with values; nothing else of YAML has a meaning.
struct DocumentNode: Sendable {
    /// A key and its value.
    struct Entry: Sendable {
        var key: SourceText
        var value: DocumentNode
    }

    /// What it holds.
    enum Content: Sendable {
        /// A text; whether it was in quotes or a block.
        case text(SourceText, isPlain: Bool)
        case list([DocumentNode])
        case entries([Entry])
    }

    var content: Content
    /// Where it begins.
    var span: SourceSpan

    /// What it is, for messages.
    var kind: String {
        switch content {
        case .text(let text, let isPlain): text.scalars.isEmpty && isPlain ? "nothing" : "a text"
        case .list: "a list"
        case .entries: "keys and values"
        }
    }

    /// Whether nothing stands there at all.
    var isMissing: Bool { kind == "nothing" }

    /// Whether it is one of the words that mean nothing in YAML, without quotation marks: editors see no text in it.
    var isNull: Bool {
        guard case .text(let text, true) = content else { return false }
        return ["null", "Null", "NULL", "~"].contains(text.string)
    }
}
