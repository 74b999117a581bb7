import GatePolicy

/// What a delivery asks to be looked at again; nothing else that it says is believed.
public struct WebhookHint: Hashable, Sendable {
    /// The thing to look at.
    public enum Target: Hashable, Sendable {
        /// One pull request.
        case pullRequest(Int64)
        /// Whatever wants to enter, or comes from, a branch.
        case branch(String)
        /// Pull requests with this head, whose statuses changed.
        case commit(CommitID, context: String, state: StatusState?)
        /// All of the repository's pull requests.
        case repository
    }

    /// The repository's numeric id.
    public var repositoryID: Int64
    /// The repository's name at that time.
    public var repository: RepositoryName
    /// The thing in it.
    public var target: Target
    /// What happened: the event, and of a pull request's events which are a push or a label; without white space.
    public var cause: String
    /// Whose doing it was; nil where the delivery does not say.
    public var senderID: Int64?

    /// A hint.
    public init(
        repositoryID: Int64, repository: RepositoryName, target: Target, cause: String, senderID: Int64? = nil
    ) {
        self.repositoryID = repositoryID
        self.repository = repository
        self.target = target
        self.cause = cause
        self.senderID = senderID
    }
}
