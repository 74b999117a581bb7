/// A commit of the pull request; its names are matched by e-mail and can be forged both ways.
public struct Commit: Hashable, Sendable, Codable {
    /// The commit.
    public var id: CommitID
    /// The account that the author's address belongs to.
    public var author: Account?
    /// The account that the committer's address belongs to.
    public var committer: Account?
    /// Its parents, first parent first.
    public var parents: [CommitID]

    /// A commit.
    public init(id: CommitID, author: Account?, committer: Account?, parents: [CommitID] = []) {
        self.id = id
        self.author = author
        self.committer = committer
        self.parents = parents
    }
}
