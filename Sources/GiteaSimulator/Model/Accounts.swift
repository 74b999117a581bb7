/// A person or an organisation; both share one row of ids and one space of names.
struct Account: Sendable {
    var id: Int
    var login: String
    var email: String
    var password: String = ""
    /// Whether it must change its password before it may do anything.
    var mustChangePassword = false
    /// The code that its second factor shows; nil without one.
    var passcode: String?
    var isOrganization = false
    var isAdmin = false
    var isActive = true
    /// Whether it may not sign in, although it is active.
    var prohibitsLogin = false
    var visibility = "public"
    var description = ""
    var created: Int
    var restricted = false
    /// The name at an outside source of accounts.
    var loginName = ""
}

/// A personal access token.
struct AccessToken: Sendable {
    var id: Int
    var owner: Int
    var name: String
    var value: String
    var scopes: [String]
}

/// What somebody may do, ordered.
enum AccessMode: Int, Sendable, Comparable {
    case none, read, write, admin, owner

    static func < (one: AccessMode, other: AccessMode) -> Bool { one.rawValue < other.rawValue }

    var name: String {
        switch self {
        case .none: "none"
        case .read: "read"
        case .write: "write"
        case .admin: "admin"
        case .owner: "owner"
        }
    }

    init(name: String) {
        switch name {
        case "read": self = .read
        case "write": self = .write
        case "admin": self = .admin
        case "owner": self = .owner
        default: self = .none
        }
    }
}

/// A team of an organisation.
struct Team: Sendable {
    static let allUnits = [
        "repo.code", "repo.issues", "repo.pulls", "repo.releases", "repo.wiki", "repo.ext_wiki", "repo.ext_issues",
        "repo.projects", "repo.packages", "repo.actions",
    ]

    var id: Int
    var organization: Int
    var name: String
    var description = ""
    var permission: AccessMode
    var units: [String: AccessMode]
    var unitOrder: [String]
    var includesAllRepositories: Bool
    var canCreateRepositories: Bool
    var members: Set<Int> = []
    var repositories: Set<Int> = []
}
