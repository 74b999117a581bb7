import GatePolicy

/// A pull request and its repository as one answer showed them.
public struct PullRequestSnapshot: Hashable, Sendable {
    /// How a pull request went in.
    public struct Merge: Hashable, Sendable {
        /// Who did it; nil when the forge does not say.
        public var by: Account?
        /// When; nil when the forge does not say.
        public var at: Timestamp?
        /// What it became; nil when the forge does not say.
        public var commit: CommitID?

        /// A merge.
        public init(by: Account?, at: Timestamp?, commit: CommitID?) {
            self.by = by
            self.at = at
            self.commit = commit
        }
    }

    /// The repository it wants to enter, under its present name.
    public var repository: Repository
    /// The pull request.
    public var pullRequest: PullRequest
    /// Whether the repository is archived.
    public var isArchived: Bool
    /// When the forge thinks it changed last; dismissals, pushes, labels and comments count, deleted reviews do not.
    public var updatedAt: Timestamp?
    /// How it went in; nil when it did not.
    public var merge: Merge?

    /// A snapshot.
    public init(
        repository: Repository, pullRequest: PullRequest, isArchived: Bool = false, updatedAt: Timestamp? = nil,
        merge: Merge? = nil
    ) {
        self.repository = repository
        self.pullRequest = pullRequest
        self.isArchived = isArchived
        self.updatedAt = updatedAt
        self.merge = merge
    }
}
