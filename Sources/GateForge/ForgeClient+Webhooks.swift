import GatePolicy

/// Webhooks and Actions secrets: of an organisation, or of one repository.
extension ForgeClient {
    /// The webhooks of an organisation or repository; only those who administer it are shown them.
    public func webhooks(
        at place: Webhook.Place, _ credential: Credential = .administrator
    ) async throws(ForgeError) -> [Webhook] {
        try await list(
            HookJSON.self, Self.hooks(place), as: credential, named: "webhooks", limit: settings.limits.teams
        ).map { $0.webhook(place) }
    }

    /// Makes a webhook that tells of everything a verdict depends on.
    /// - Returns: its id.
    public func makeWebhook(
        at place: Webhook.Place, url: String, secret: Token
    ) async throws(ForgeError) -> Int64 {
        struct Made: Decodable {
            var id: Int64
        }
        var endpoint = Self.hooks(place)
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        endpoint.body = try body(HookBody(url: url, secret: secret.secret), endpoint, .administrator)
        return try await read(Made.self, endpoint, as: .administrator).id
    }

    /// Asks for a test delivery of a repository's webhook; the forge offers none for an organisation's.
    ///
    /// Nothing comes of it but the delivery: it needs an administrator of the repository.
    public func testWebhook(_ id: Int64, of repository: RepositoryName) async throws(ForgeError) {
        try await act(
            "POST", Endpoint("/repos/{owner}/{repo}/hooks/{id}/tests", repository.owner, repository.name, "\(id)"),
            String?.none)
    }

    /// Takes a webhook away.
    public func deleteWebhook(_ id: Int64, at place: Webhook.Place) async throws(ForgeError) {
        try await remove(Self.hooks(place, id))
    }

    /// The names of the Actions secrets of an organisation or repository.
    public func secretNames(at place: Webhook.Place) async throws(ForgeError) -> [String] {
        struct Row: Decodable, ListRow {
            var name: String
            var rowIdentity: String { name }
        }
        return try await list(
            Row.self, Self.secrets(place), as: .administrator, named: "secrets", limit: settings.limits.teams
        ).map(\.name)
    }

    /// Sets an Actions secret of an organisation or repository.
    public func setSecret(_ name: String, at place: Webhook.Place, to token: Token) async throws(ForgeError) {
        struct Body: Encodable { var data: String }
        try await act("PUT", Self.secrets(place, name), Body(data: token.secret))
    }

    /// Takes an Actions secret of an organisation or repository away.
    public func deleteSecret(_ name: String, at place: Webhook.Place) async throws(ForgeError) {
        try await remove(Self.secrets(place, name))
    }

    private struct HookBody: Encodable {
        struct Config: Encodable {
            var url: String
            var content_type = "json"
            var secret: String
        }
        var type = "gitea"
        var active = true
        var config: Config
        // Servers that tell of no statuses pass the name over.
        var events = ["push", "pull_request", Webhook.statusEvent]

        init(url: String, secret: String) { config = Config(url: url, secret: secret) }
    }

    private static func hooks(_ place: Webhook.Place, _ id: Int64? = nil) -> Endpoint {
        switch (place, id) {
        case (.organization(let name), nil): Endpoint("/orgs/{org}/hooks", name)
        case (.organization(let name), let id?): Endpoint("/orgs/{org}/hooks/{id}", name, "\(id)")
        case (.repository(let name), nil): Endpoint("/repos/{repo*}/hooks", name)
        case (.repository(let name), let id?): Endpoint("/repos/{repo*}/hooks/{id}", name, "\(id)")
        }
    }

    private static func secrets(_ place: Webhook.Place, _ name: String? = nil) -> Endpoint {
        switch (place, name) {
        case (.organization(let owner), nil): Endpoint("/orgs/{org}/actions/secrets", owner)
        case (.organization(let owner), let name?): Endpoint("/orgs/{org}/actions/secrets/{name}", owner, name)
        case (.repository(let path), nil): Endpoint("/repos/{repo*}/actions/secrets", path)
        case (.repository(let path), let name?): Endpoint("/repos/{repo*}/actions/secrets/{name}", path, name)
        }
    }
}
