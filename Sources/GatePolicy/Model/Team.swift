/// A team as a policy writes it: its organisation and its name; compared without regard to case.
public struct TeamReference: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The organisation.
    public var organization: String
    /// The team's name.
    public var name: String

    /// A team's name in an organisation.
    public init(organization: String, name: String) {
        self.init(organization: organization, lowerCaseName: name.lowercased())
    }

    init(organization: String, lowerCaseName name: String) {
        self.organization = organization.lowercased()
        self.name = name
    }

    /// `organisation/team`.
    public var description: String { "\(organization)/\(name)" }
}

/// The teams of an organisation: names and ids.
public struct TeamDirectory: Hashable, Sendable, Codable {
    /// Ids by lower-case name.
    public var ids: [String: Int64]

    /// A directory.
    public init(ids: [String: Int64]) {
        self.ids = ids
    }
}

/// Who is in a team.
public struct TeamMembers: Hashable, Sendable, Codable {
    /// Members that the forge showed.
    public var listed: [Account]
    /// Why there may be more (a list over its limit); nil when the list is whole.
    public var incomplete: Unknown?

    /// A team's members.
    public init(listed: [Account], incomplete: Unknown? = nil) {
        self.listed = listed
        self.incomplete = incomplete
    }
}

/// Accounts that hold a right on the repository, as far as it can be proven.
public struct RightHolders: Hashable, Sendable, Codable {
    /// Proven to hold the right.
    public var proven: [Account]
    /// Everybody who may hold it; an account that is not here does not.
    ///
    /// Nil when no such list could be had.
    public var possible: [Account]?
    /// Why an account that is in neither list cannot be judged.
    public var unknown: Unknown

    /// Holders of a right.
    public init(proven: [Account], possible: [Account]?, unknown: Unknown) {
        self.proven = proven
        self.possible = possible
        self.unknown = unknown
    }
}
