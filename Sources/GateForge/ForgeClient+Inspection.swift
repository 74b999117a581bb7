import GatePolicy

/// What an administrator's look at an organisation or a repository needs, one call each where the forge allows it.
extension ForgeClient {
    /// The repositories that the owner of a credential has a part in, with the rights.
    public func ownRepositories(_ credential: Credential = .service) async throws(ForgeError) -> [RepositoryRights] {
        try await list(
            RightsJSON.self, Endpoint("/user/repos"), as: credential, named: "repositories",
            limit: settings.limits.repositories
        ).map(\.rights)
    }

    /// The repositories of an organisation that a credential is shown.
    public func shownRepositories(
        of organization: String, _ credential: Credential
    ) async throws(ForgeError) -> [RepositoryRights] {
        try await list(
            RightsJSON.self, Endpoint("/orgs/{org}/repos", organization), as: credential, named: "repositories",
            limit: settings.limits.repositories
        ).map(\.rights)
    }

    /// A repository and what the owner of a credential may do in it.
    public func rights(
        in repository: RepositoryName, _ credential: Credential = .service
    ) async throws(ForgeError) -> RepositoryRights {
        try await read(
            RightsJSON.self, Endpoint("/repos/{owner}/{repo}", repository.owner, repository.name), as: credential
        ).rights
    }

    /// The teams of an organisation as a credential is shown them.
    public func teams(
        of organization: String, _ credential: Credential
    ) async throws(ForgeError) -> [OrganizationTeam] {
        try await list(
            TeamJSON.self, Endpoint("/orgs/{org}/teams", organization), as: credential, named: "teams",
            limit: settings.limits.teams
        ).map {
            OrganizationTeam(
                id: $0.id, name: $0.name, isOwners: $0.repositoryTeam.access == .owner,
                hasAllRepositories: $0.includesAllRepositories,
                mayWriteCode: $0.unitsMap == nil && $0.permission == nil ? nil : $0.repositoryTeam.codeAccess >= .write)
        }
    }

    /// The members of a team as a credential is shown them.
    public func members(ofTeam id: Int64, _ credential: Credential) async throws(ForgeError) -> [Account] {
        try await list(
            UserJSON.self, Endpoint("/teams/{id}/members", "\(id)"), as: credential, named: "members",
            limit: settings.limits.members
        ).compactMap(\.account)
    }

    /// The names of the labels of a repository.
    public func labels(
        of repository: RepositoryName, _ credential: Credential = .service
    ) async throws(ForgeError) -> [String] {
        try await list(
            LabelJSON.self, Endpoint("/repos/{owner}/{repo}/labels", repository.owner, repository.name), as: credential,
            named: "labels", limit: settings.limits.treeEntries
        ).map(\.name)
    }

    /// The names of the labels that an organisation has for all of its repositories.
    public func labels(
        ofOrganization organization: String, _ credential: Credential
    ) async throws(ForgeError) -> [String] {
        try await list(
            LabelJSON.self, Endpoint("/orgs/{org}/labels", organization), as: credential, named: "labels",
            limit: settings.limits.treeEntries
        ).map(\.name)
    }

    /// The rules of branch protection; only the repository's administrators are shown them.
    public func protectionRules(
        of repository: RepositoryName, _ credential: Credential
    ) async throws(ForgeError) -> [ProtectionRule] {
        try await list(
            ProtectionJSON.self,
            Endpoint("/repos/{owner}/{repo}/branch_protections", repository.owner, repository.name), as: credential,
            .whole, named: "rules of protection", limit: settings.limits.treeEntries
        ).map(\.rule)
    }

    /// The pull requests that moved last, open or not, at most two pages of them: a hundred on most servers.
    public func recentPulls(
        _ repository: RepositoryName, _ credential: Credential = .service
    ) async throws(ForgeError) -> [PullRequestSnapshot] {
        let list = Endpoint(
            "/repos/{owner}/{repo}/pulls", repository.owner, repository.name,
            query: [("state", "all"), ("sort", "recentupdate")])
        let size = try await pageSize(credential)
        var found: [PullRequestSnapshot] = []
        for page in 1...2 {
            let endpoint = list.page(page)
            let rows = Wire.list(
                try decode([PullJSON]?.self, from: try await send(endpoint, as: credential), endpoint.call(credential)))
            for row in rows {
                let snapshot = try snapshot(row, endpoint)
                // One that moved between two pages is on both.
                let isNew = !found.contains { $0.pullRequest.number == snapshot.pullRequest.number }
                if isNew { found.append(snapshot) }
            }
            if rows.count < size { break }
        }
        return found
    }
}
