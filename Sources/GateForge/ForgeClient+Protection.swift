import GatePolicy

/// Rules of branch protection as their administrator makes them.
extension ForgeClient {
    /// A rule with everything in it; nil when there is none of that name.
    public func wholeRule(_ name: String, of repository: RepositoryName) async throws(ForgeError) -> WholeRule? {
        do {
            return WholeRule(
                name,
                try await read([String: JSONValue].self, Self.rule(name, repository), as: .administrator))
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

    /// Changes what a rule asks for, and nothing else in it.
    public func changeRule(
        _ name: String, of repository: RepositoryName, asksForStatuses: Bool, contexts: [String]
    ) async throws(ForgeError) {
        struct Body: Encodable {
            var enable_status_check: Bool
            var status_check_contexts: [String]
        }
        try await act(
            "PATCH", Self.rule(name, repository),
            Body(enable_status_check: asksForStatuses, status_check_contexts: contexts))
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
