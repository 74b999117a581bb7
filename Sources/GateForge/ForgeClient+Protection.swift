import GatePolicy

/// Rules of branch protection as their administrator makes them.
extension ForgeClient {
    /// A rule with everything in it; nil when there is none of that name.
    public func wholeRule(_ name: String, of repository: RepositoryName) async throws(ForgeError) -> WholeRule? {
        do {
            return WholeRule(
                try await read([String: JSONValue].self, Self.rule(name, repository), as: .administrator))
        } catch {
            guard case .notFound = error.kind else { throw error }
            return nil
        }
    }

    /// Makes a rule of protection that asks for these contexts.
    /// - Parameter copied: a rule whose other fields it gets; nothing else is asked for without one.
    public func makeRule(
        _ name: String, of repository: RepositoryName, contexts: [String], copying copied: WholeRule? = nil
    ) async throws(ForgeError) {
        var fields = copied?.fields ?? [:]
        fields["rule_name"] = .text(name)
        fields["enable_status_check"] = .flag(true)
        fields["status_check_contexts"] = .list(contexts.map { .text($0) })
        try await act(
            "POST", Endpoint("/repos/{owner}/{repo}/branch_protections", repository.owner, repository.name), fields)
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
