/// A page of a tree.
struct TreeJSON: Decodable, Sendable {
    /// A path in it.
    struct Entry: Decodable, Sendable {
        var path: String
        var mode: String
        var type: String
        var sha: String
    }

    var sha: String
    var tree: [Entry]?
    var truncated: Bool
    /// How many entries there are on all pages.
    var total: Int

    private enum CodingKeys: String, CodingKey {
        case sha, tree, truncated
        case total = "total_count"
    }
}
