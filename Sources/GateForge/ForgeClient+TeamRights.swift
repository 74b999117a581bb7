import GatePolicy

/// Teams as their owner makes them: what they may write, and who is in them.
extension ForgeClient {
    /// Makes a team that may write code.
    /// - Parameter everywhere: whether it may write all of the organisation's repositories, those to come included.
    /// - Returns: its id.
    public func makeWritersTeam(
        _ name: String, of organization: String, everywhere: Bool
    ) async throws(ForgeError) -> Int64 {
        struct Body: Encodable {
            var name: String
            var permission = "write"
            var units = ["repo.code", "repo.issues", "repo.pulls"]
            var units_map = ["repo.code": "write", "repo.issues": "write", "repo.pulls": "write"]
            var includes_all_repositories: Bool
        }
        var endpoint = Endpoint("/orgs/{org}/teams", organization)
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        endpoint.body = try body(Body(name: name, includes_all_repositories: everywhere), endpoint, .administrator)
        return try await read(TeamJSON.self, endpoint, as: .administrator).id
    }

    /// Lets a team have all of the organisation's repositories, those to come included.
    public func widen(_ id: Int64, named name: String) async throws(ForgeError) {
        struct Body: Encodable {
            var name: String
            var includes_all_repositories = true
        }
        try await act("PATCH", Endpoint("/teams/{id}", "\(id)"), Body(name: name))
    }

    /// The repositories that a team has; its members and the organisation's owners are shown them.
    public func repositories(
        ofTeam id: Int64, _ credential: Credential = .administrator
    ) async throws(ForgeError) -> [RepositoryName] {
        try await list(
            RightsJSON.self, Endpoint("/teams/{id}/repos", "\(id)"), as: credential, named: "repositories",
            limit: settings.limits.repositories
        ).map(\.rights.repository.name)
    }

    /// Gives a team a repository.
    public func add(_ repository: RepositoryName, toTeam id: Int64) async throws(ForgeError) {
        try await act("PUT", Self.grant(repository, id), String?.none)
    }

    /// Takes a repository from a team.
    public func remove(_ repository: RepositoryName, fromTeam id: Int64) async throws(ForgeError) {
        try await remove(Self.grant(repository, id))
    }

    /// Takes a team away.
    public func deleteTeam(_ id: Int64) async throws(ForgeError) { try await remove(Endpoint("/teams/{id}", "\(id)")) }

    /// Puts somebody into a team.
    public func add(_ login: String, toTeam id: Int64) async throws(ForgeError) {
        try await act("PUT", Endpoint("/teams/{id}/members/{username}", "\(id)", login), String?.none)
    }

    /// Takes somebody out of a team.
    public func remove(_ login: String, fromTeam id: Int64) async throws(ForgeError) {
        try await remove(Endpoint("/teams/{id}/members/{username}", "\(id)", login))
    }

    private static func grant(_ repository: RepositoryName, _ id: Int64) -> Endpoint {
        Endpoint("/teams/{id}/repos/{owner}/{repo}", "\(id)", repository.owner, repository.name)
    }
}
