/// A repository with what the asker may do in it.
struct RightsJSON: Decodable, Sendable, ListRow {
    struct Permissions: Decodable, Sendable {
        var admin: Bool
        var push: Bool
    }

    var repository: RepositoryJSON
    var permissions: Permissions?

    private enum CodingKeys: String, CodingKey { case permissions }

    init(from decoder: any Decoder) throws {
        repository = try RepositoryJSON(from: decoder)
        permissions = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent(Permissions.self, forKey: .permissions)
    }

    var rowIdentity: String { repository.rowIdentity }

    var rights: RepositoryRights {
        RepositoryRights(
            repository: ListedRepository(repository), mayPush: permissions?.push ?? false,
            mayAdminister: permissions?.admin ?? false)
    }
}
