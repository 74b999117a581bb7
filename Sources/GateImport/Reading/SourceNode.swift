/// A value of the imported file, with its line.
struct SourceNode: Hashable {
    /// What it holds.
    indirect enum Content: Hashable {
        /// Nothing: an empty value, `~` or `null`.
        case empty
        /// A text, and whether it stands without quotes.
        case text(String, isPlain: Bool)
        case list([SourceNode])
        case entries([Entry])
    }

    /// A key and its value.
    struct Entry: Hashable {
        var key: String
        var line: Int
        var value: SourceNode
    }

    var content: Content
    var line: Int

    /// What it is, in words.
    var kind: String {
        switch content {
        case .empty: "nothing"
        case .text: "a text"
        case .list: "a list"
        case .entries: "keys and values"
        }
    }
}
