import GatePolicy

/// What an administrator does once: accounts and tokens.
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

    /// An organisation's name as the forge writes it.
    public func organizationName(_ name: String) async throws(ForgeError) -> String {
        try await read(OrganizationJSON.self, Endpoint("/orgs/{org}", name), as: .administrator).username
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
