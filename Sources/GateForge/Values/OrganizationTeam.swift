import GatePolicy

/// A team of an organisation.
public struct OrganizationTeam: Hashable, Sendable {
    /// The id, which survives renames.
    public var id: Int64
    /// The name.
    public var name: String
    /// Whether it is the team of the organisation's owners.
    public var isOwners: Bool

    /// A team.
    public init(id: Int64, name: String, isOwners: Bool = false) {
        self.id = id
        self.name = name
        self.isOwners = isOwners
    }
}
