#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import NIOCore

/// What an administrator does once: accounts, tokens, policies that are offered.
extension ForgeClient {
    /// What a token is named and may do; the forge never shows its text again.
    public struct NamedToken: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// What it may do.
        public var scopes: [String]
        /// Its last eight characters; empty where the forge does not show them.
        public var ending: String
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

    /// Whether an account is a site administrator, as far as the administrator is told.
    public func isSiteAdministrator(_ login: String) async throws(ForgeError) -> Bool {
        do {
            return try await read(UserJSON.self, Endpoint("/users/{username}", login), as: .administrator).isAdmin
                == true
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

    /// The tokens of an account; takes a password, for a token gets a 401.
    public func tokens(of login: String) async throws(ForgeError) -> [NamedToken] {
        struct Row: Decodable, ListRow {
            var id: Int64
            var name: String
            var scopes: [String]?
            var token_last_eight: String?
            var rowIdentity: String { "\(id)" }
        }
        return try await list(
            Row.self, Endpoint("/users/{username}/tokens", login), as: .administrator, named: "tokens",
            limit: settings.limits.teams
        ).map { NamedToken(name: $0.name, scopes: $0.scopes ?? [], ending: $0.token_last_eight ?? "") }
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
            do {
                isOpen = try await read(Shown.self, pull, as: .administrator).state == "open"
            } catch {
                // One that was deleted is not open.
                guard case .notFound = error.kind else { throw error }
            }
            if isOpen { try await act("PATCH", pull, Change()) }
        }
        try await remove(
            Endpoint("/repos/{owner}/{repo}/branches/{branch*}", repository.owner, repository.name, branch))
        return isOpen
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
