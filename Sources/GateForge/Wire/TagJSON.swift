/// A tag, with the commit it leads to.
struct TagJSON: Decodable, Sendable {
    /// Its commit, also behind an annotated tag.
    struct Target: Decodable, Sendable {
        var sha: String
    }

    var name: String
    var commit: Target
}
