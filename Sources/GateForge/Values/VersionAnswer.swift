import GatePolicy

/// What the name of a version means in a repository.
public enum VersionAnswer: Hashable, Sendable {
    /// A full commit id.
    case commit(CommitID)
    /// A tag, at this commit now.
    case tag(CommitID)
    /// A branch, at this commit now; trusted when it is protected or the default one.
    case branch(CommitID, isTrusted: Bool)
    /// Both a branch and a tag have that name, or one of them looks like a commit.
    case ambiguous
    /// Nothing, and the forge has shown that.
    case absent
    /// The repository has another name now.
    case moved(to: RepositoryName)
}
