import GatePolicy

/// A team of an organisation.
public struct OrganizationTeam: Hashable, Sendable {
    /// The id, which survives renames.
    public var id: Int64
    /// The name.
    public var name: String
    /// Whether it is the team of the organisation's owners.
    public var isOwners: Bool
    /// Whether it has all repositories, those to come included; nil where the forge does not say.
    public var hasAllRepositories: Bool?
    /// Whether its members may write the code of its repositories; nil where the forge does not say.
    public var mayWriteCode: Bool?

    /// A team.
    public init(
        id: Int64, name: String, isOwners: Bool = false, hasAllRepositories: Bool? = nil, mayWriteCode: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.isOwners = isOwners
        self.hasAllRepositories = hasAllRepositories
        self.mayWriteCode = mayWriteCode
    }
}
