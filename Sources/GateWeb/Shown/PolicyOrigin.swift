import GatePolicy

/// The file a verdict's policy was read from, and the commit.
public struct PolicyOrigin: Hashable, Sendable, Codable {
    /// The repository the file is in.
    public var repository: RepositoryName
    /// The commit it was read at.
    public var commit: CommitID
    /// Its path there.
    public var path: String
    /// How places in it name it.
    public var shown: String

    /// A file at a commit.
    public init(repository: RepositoryName, commit: CommitID, path: String, shown: String) {
        self.repository = repository
        self.commit = commit
        self.path = path
        self.shown = shown
    }
}
