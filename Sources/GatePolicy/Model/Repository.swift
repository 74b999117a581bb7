/// The repository a pull request wants to enter.
public struct Repository: Hashable, Sendable, Codable {
    /// The numeric id, which survives renames.
    public var id: Int64
    /// The present name.
    public var name: RepositoryName
    /// The owner's account; an organisation has one too.
    public var owner: Account
    /// Whether the owner is an organisation (which has teams); unknown when the forge would not say.
    public var ownerIsOrganization: Known<Bool>
    /// Whether only members see it: decides whether texts may name people who have not acted.
    public var isPrivate: Bool
    /// The default branch.
    public var defaultBranch: String
    /// When it was created; rows older than this were migrated and count for nobody.
    public var createdAt: Timestamp?

    /// A repository.
    public init(
        id: Int64, name: RepositoryName, owner: Account, ownerIsOrganization: Known<Bool>, isPrivate: Bool,
        defaultBranch: String, createdAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.owner = owner
        self.ownerIsOrganization = ownerIsOrganization
        self.isPrivate = isPrivate
        self.defaultBranch = defaultBranch
        self.createdAt = createdAt
    }
}
