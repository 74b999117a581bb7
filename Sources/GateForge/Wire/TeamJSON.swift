/// A team.
struct TeamJSON: Decodable, Sendable, ListRow {
    var id: Int64
    var name: String
    var permission: String?
    var unitsMap: [String: String]?
    var includesAllRepositories: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, name, permission
        case unitsMap = "units_map"
        case includesAllRepositories = "includes_all_repositories"
    }

    var rowIdentity: String { "\(id)" }

    var repositoryTeam: RepositoryTeam {
        let whole = RepositoryTeam.Access(rawValue: permission ?? "") ?? .none
        let code = unitsMap.map { RepositoryTeam.Access(rawValue: $0["repo.code"] ?? "") ?? .none } ?? whole
        return RepositoryTeam(id: id, name: name, access: whole, codeAccess: code)
    }
}
