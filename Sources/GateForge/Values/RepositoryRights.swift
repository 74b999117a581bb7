import GatePolicy

/// A repository, and what the asker may do in it.
public struct RepositoryRights: Hashable, Sendable {
    /// The repository.
    public var repository: ListedRepository
    /// Whether the asker may write the code, which posting statuses takes.
    public var mayPush: Bool
    /// Whether the asker administers it.
    public var mayAdminister: Bool

    /// A repository and rights in it.
    public init(repository: ListedRepository, mayPush: Bool, mayAdminister: Bool) {
        self.repository = repository
        self.mayPush = mayPush
        self.mayAdminister = mayAdminister
    }
}
