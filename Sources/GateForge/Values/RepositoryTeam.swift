/// A team that has a right on a repository.
public struct RepositoryTeam: Hashable, Sendable {
    /// How far a right goes.
    public enum Access: String, Hashable, Sendable, Comparable, CaseIterable {
        case none, read, write, admin, owner

        /// Less comes first.
        public static func < (left: Access, right: Access) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// The id, which survives renames.
    public var id: Int64
    /// The name.
    public var name: String
    /// The right on the repository as a whole.
    public var access: Access
    /// The right on its code.
    public var codeAccess: Access

    /// A team.
    public init(id: Int64, name: String, access: Access, codeAccess: Access) {
        self.id = id
        self.name = name
        self.access = access
        self.codeAccess = codeAccess
    }
}
