import GatePolicy

/// A pull request and its repository as one answer showed them.
public struct PullRequestSnapshot: Hashable, Sendable {
    /// The repository it wants to enter, under its present name.
    public var repository: Repository
    /// The pull request.
    public var pullRequest: PullRequest
    /// Whether the repository is archived.
    public var isArchived: Bool

    /// A snapshot.
    public init(repository: Repository, pullRequest: PullRequest, isArchived: Bool = false) {
        self.repository = repository
        self.pullRequest = pullRequest
        self.isArchived = isArchived
    }
}
