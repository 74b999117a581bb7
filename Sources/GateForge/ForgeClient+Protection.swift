import GatePolicy

/// Rules of branch protection as their administrator makes them.
extension ForgeClient {
    /// A rule; nil when there is none of that name.
    public func rule(_ name: String, of repository: RepositoryName) async throws(ForgeError) -> ProtectionRule? {
        do {
            return try await read(ProtectionJSON.self, Self.rule(name, repository), as: .administrator).rule
        } catch {
            guard case .notFound = error.kind else { throw error }
            return nil
        }
    }

    /// Makes a rule, or changes one.
    public func protect(_ repository: RepositoryName, _ change: RuleChange) async throws(ForgeError) {
        guard change.isNew else { return try await act("PATCH", Self.rule(change.rule, repository), change.body) }
        try await act(
            "POST", Endpoint("/repos/{owner}/{repo}/branch_protections", repository.owner, repository.name),
            change.body)
    }

    /// Takes a rule away.
    public func deleteRule(_ name: String, of repository: RepositoryName) async throws(ForgeError) {
        try await remove(Self.rule(name, repository))
    }

    private static func rule(_ name: String, _ repository: RepositoryName) -> Endpoint {
        Endpoint(
            "/repos/{owner}/{repo}/branch_protections/{name}", repository.owner, repository.name, name)
    }
}
