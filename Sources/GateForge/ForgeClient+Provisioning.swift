#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import NIOCore

/// What an administrator does once: accounts, teams, tokens, policies that are offered, protection.
extension ForgeClient {
    /// What a token is named and may do; the forge never shows its text again.
    public struct NamedToken: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// What it may do.
        public var scopes: [String]
    }

    /// Whether there is an account of that name.
    public func accountExists(_ login: String) async throws(ForgeError) -> Bool {
        do {
            _ = try await send(Endpoint("/users/{username}", login), as: .administrator)
            return true
        } catch {
            guard case .notFound = error.kind else { throw error }
            return false
        }
    }

    /// Makes an account that nobody signs in to.
    public func makeAccount(_ login: String, email: String, password: String) async throws(ForgeError) {
        struct Body: Encodable {
            var username: String
            var email: String
            var password: String
            var must_change_password = false
        }
        try await act("POST", Endpoint("/admin/users"), Body(username: login, email: email, password: password))
    }

    /// Takes an account away, with all it has.
    public func deleteAccount(_ login: String) async throws(ForgeError) {
        try await remove(Endpoint("/admin/users/{username}", login, query: [("purge", "true")]))
    }

    /// Makes a team that may write the code of all of an organisation's repositories.
    /// - Returns: its id.
    public func makeWritersTeam(_ name: String, of organization: String) async throws(ForgeError) -> Int64 {
        struct Body: Encodable {
            var name: String
            var permission = "write"
            var units = ["repo.code", "repo.issues", "repo.pulls"]
            var units_map = ["repo.code": "write", "repo.issues": "write", "repo.pulls": "write"]
            var includes_all_repositories = true
        }
        var endpoint = Endpoint("/orgs/{org}/teams", organization)
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        endpoint.body = try body(Body(name: name), endpoint, .administrator)
        return try await read(TeamJSON.self, endpoint, as: .administrator).id
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

    /// The tokens of an account; takes a password, for a token gets a 401.
    public func tokens(of login: String) async throws(ForgeError) -> [NamedToken] {
        struct Row: Decodable, ListRow {
            var id: Int64
            var name: String
            var scopes: [String]?
            var rowIdentity: String { "\(id)" }
        }
        return try await list(
            Row.self, Endpoint("/users/{username}/tokens", login), as: .administrator, named: "tokens",
            limit: settings.limits.teams
        ).map { NamedToken(name: $0.name, scopes: $0.scopes ?? []) }
    }

    /// Makes a token; takes a password.
    public func makeToken(_ name: String, of login: String, scopes: [String]) async throws(ForgeError) -> Token {
        struct Body: Encodable {
            var name: String
            var scopes: [String]
        }
        struct Made: Decodable {
            var sha1: String
        }
        var endpoint = Endpoint("/users/{username}/tokens", login)
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        endpoint.body = try body(Body(name: name, scopes: scopes), endpoint, .administrator)
        let made = try await read(Made.self, endpoint, as: .administrator)
        do { return try Token(made.sha1) } catch { throw malformed("`sha1` is no token", endpoint, .administrator) }
    }

    /// Takes a token away.
    public func deleteToken(_ name: String, of login: String) async throws(ForgeError) {
        try await remove(Endpoint("/users/{username}/tokens/{token}", login, name))
    }

    /// Makes a rule of protection that asks for these contexts and nothing else.
    public func makeRule(_ name: String, of repository: RepositoryName, contexts: [String]) async throws(ForgeError) {
        try await act(
            "POST", Endpoint("/repos/{owner}/{repo}/branch_protections", repository.owner, repository.name),
            RuleBody(rule_name: name, enable_status_check: true, status_check_contexts: contexts))
    }

    /// Changes what a rule asks for, and nothing else in it.
    public func changeRule(
        _ name: String, of repository: RepositoryName, asksForStatuses: Bool, contexts: [String]
    ) async throws(ForgeError) {
        try await act(
            "PATCH", Self.rule(name, repository),
            RuleBody(enable_status_check: asksForStatuses, status_check_contexts: contexts))
    }

    /// Takes a rule away.
    public func deleteRule(_ name: String, of repository: RepositoryName) async throws(ForgeError) {
        try await remove(Self.rule(name, repository))
    }

    /// Offers one new file as a pull request.
    /// - Parameter content: the file; nil where the branch is there already.
    /// - Returns: the pull request's number.
    public func offer(
        _ content: String?, as path: String, in repository: RepositoryName, branch: String, title: String
    ) async throws(ForgeError) -> Int64 {
        struct Commit: Encodable {
            var content: String
            var message: String
            var new_branch: String
        }
        struct Pull: Encodable {
            var head: String
            var base: String
            var title: String
        }
        let rights = try await rights(in: repository, .administrator)
        if let content {
            try await act(
                "POST",
                Endpoint("/repos/{owner}/{repo}/contents/{path*}", repository.owner, repository.name, path),
                Commit(content: Data(content.utf8).base64EncodedString(), message: title, new_branch: branch))
        }
        struct Made: Decodable { var number: Int64 }
        var endpoint = Endpoint("/repos/{owner}/{repo}/pulls", repository.owner, repository.name)
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        endpoint.body = try body(
            Pull(head: branch, base: rights.repository.defaultBranch, title: title), endpoint, .administrator)
        return try await read(Made.self, endpoint, as: .administrator).number
    }

    /// Closes the pull request that offers something from a branch, and takes the branch away.
    /// - Parameter number: the pull request; nil where only the branch is known.
    /// - Returns: whether it was still open; one that was merged is not undone.
    public func withdrawOffer(
        _ number: Int64?, in repository: RepositoryName, branch: String
    ) async throws(ForgeError) -> Bool {
        struct Shown: Decodable { var state: String }
        struct Change: Encodable { var state = "closed" }
        var isOpen = false
        if let number {
            let pull = Endpoint(
                "/repos/{owner}/{repo}/pulls/{index}", repository.owner, repository.name, "\(number)")
            isOpen = try await read(Shown.self, pull, as: .administrator).state == "open"
            if isOpen { try await act("PATCH", pull, Change()) }
        }
        try await remove(
            Endpoint("/repos/{owner}/{repo}/branches/{branch*}", repository.owner, repository.name, branch))
        return isOpen
    }

    private struct RuleBody: Encodable {
        var rule_name: String?
        var enable_status_check: Bool
        var status_check_contexts: [String]
    }

    private static func rule(_ name: String, _ repository: RepositoryName) -> Endpoint {
        Endpoint(
            "/repos/{owner}/{repo}/branch_protections/{name}", repository.owner, repository.name, name)
    }

    func act(_ method: String, _ endpoint: Endpoint, _ value: (some Encodable)?) async throws(ForgeError) {
        var endpoint = endpoint
        endpoint.method = method
        endpoint.mayRepeat = method != "POST"
        if let value { endpoint.body = try body(value, endpoint, .administrator) }
        _ = try await send(endpoint, as: .administrator)
    }

    /// Takes something away; what is not there is taken away already.
    func remove(_ endpoint: Endpoint) async throws(ForgeError) {
        do {
            try await act("DELETE", endpoint, String?.none)
        } catch {
            guard case .notFound = error.kind else { throw error }
        }
    }
}
