#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// A repository.
struct RepositoryJSON: Decodable, Sendable, ListRow {
    var id: Int64
    var owner: UserJSON
    var name: String
    var isPrivate: Bool
    var isInternal: Bool?
    var isArchived: Bool?
    var isMirror: Bool?
    var isEmpty: Bool?
    var hasPullRequests: Bool?
    var defaultBranch: String
    var createdAt: Date?
    var allowsRebase: Bool?
    var allowsRebaseThenMerge: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, owner, name
        case isPrivate = "private"
        case isInternal = "internal"
        case isArchived = "archived"
        case isMirror = "mirror"
        case isEmpty = "empty"
        case hasPullRequests = "has_pull_requests"
        case defaultBranch = "default_branch"
        case createdAt = "created_at"
        case allowsRebase = "allow_rebase"
        case allowsRebaseThenMerge = "allow_rebase_explicit"
    }

    var rowIdentity: String { "\(id)" }

    var repositoryName: RepositoryName { RepositoryName(owner: owner.login, name: name) }

    func repository(ownerIsOrganization: Known<Bool>) -> Repository {
        Repository(
            id: id, name: repositoryName, owner: Account(id: owner.id, login: owner.login),
            ownerIsOrganization: ownerIsOrganization, isPrivate: isPrivate || (isInternal ?? false),
            defaultBranch: defaultBranch, createdAt: Wire.timestamp(createdAt))
    }
}
