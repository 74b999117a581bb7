import GatePolicy

/// A commit.
struct CommitJSON: Decodable, Sendable, ListRow {
    /// A parent.
    struct Parent: Decodable, Sendable {
        var sha: String
    }

    var sha: String
    @Told var author: UserJSON?
    @Told var committer: UserJSON?
    var parents: [Parent]?

    var rowIdentity: String { sha }

    var commit: Commit? {
        // The first commit has an empty list: where there is none, history would end anywhere.
        guard let id = CommitID(sha), let parents = parents?.map({ CommitID($0.sha) }) else { return nil }
        guard !parents.contains(nil) else { return nil }
        return Commit(
            id: id, author: author?.account, committer: committer?.account, parents: parents.compactMap(\.self))
    }
}
