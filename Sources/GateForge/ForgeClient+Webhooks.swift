import GatePolicy

/// Webhooks and Actions secrets: of an organisation, or of one repository; webhooks also of the whole site.
extension ForgeClient {
    /// The webhooks of an organisation, a repository or the whole site; only those who administer it are shown them.
    public func webhooks(
        at place: Webhook.Place, _ credential: Credential = .administrator
    ) async throws(ForgeError) -> [Webhook] {
        try await list(
            HookJSON.self, Self.hooks(place), as: credential, named: "webhooks", limit: settings.limits.teams
        ).map { $0.webhook(place) }
    }

    /// Makes a webhook that tells of everything a verdict depends on.
    /// - Parameter others: those in whose place it comes: what they tell besides it tells too, and what they show to
    ///   something in front of the service.
    /// - Returns: its id.
    public func makeWebhook(
        at place: Webhook.Place, url: String, secret: Token, for others: [Webhook] = []
    ) async throws(ForgeError) -> Int64 {
        struct Made: Decodable {
            var id: Int64
        }
        var endpoint = Self.hooks(place)
        endpoint.method = "POST"
        endpoint.mayRepeat = false
        let hook = Webhook.hearing(at: place, url: url, for: others)
        endpoint.body = try body(HookBody(like: hook, secret: secret), endpoint, .administrator)
        return try await read(Made.self, endpoint, as: .administrator).id
    }

    /// Makes a webhook that is like another one, with a secret of its own.
    public func makeWebhook(like hook: Webhook, secret: Token) async throws(ForgeError) {
        try await act("POST", Self.hooks(hook.place), HookBody(like: hook, secret: secret))
    }

    /// Makes a webhook what another one is; its secret, its kind and its id are what stays.
    public func change(_ id: Int64, to hook: Webhook) async throws(ForgeError) {
        try await act("PATCH", Self.hooks(hook.place, id), HookBody(like: hook, secret: nil))
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
            var content_type: String
            var secret: String?
        }
        var type: String
        var active: Bool
        var config: Config
        var events: [String]
        var branch_filter: String
        // What is not said again the forge forgets.
        var authorization_header: String

        init(like hook: Webhook, secret: Token?) {
            type = hook.kind
            active = hook.isActive
            config = Config(url: hook.url, content_type: hook.isJSON ? "json" : "form", secret: secret?.secret)
            events = hook.eventNames
            branch_filter = hook.branchFilter
            authorization_header = hook.authorization?.secret ?? ""
        }
    }

    private static func hooks(_ place: Webhook.Place, _ id: Int64? = nil) -> Endpoint {
        switch (place, id) {
        case (.organization(let name), nil): Endpoint("/orgs/{org}/hooks", name)
        case (.organization(let name), let id?): Endpoint("/orgs/{org}/hooks/{id}", name, "\(id)")
        case (.repository(let name), nil): Endpoint("/repos/{repo*}/hooks", name)
        case (.repository(let name), let id?): Endpoint("/repos/{repo*}/hooks/{id}", name, "\(id)")
        case (.site, nil): Endpoint("/admin/hooks")
        case (.site, let id?): Endpoint("/admin/hooks/{id}", "\(id)")
        }
    }

    private static func secrets(_ place: Webhook.Place, _ name: String? = nil) -> Endpoint {
        switch (place, name) {
        case (.organization(let owner), nil): Endpoint("/orgs/{org}/actions/secrets", owner)
        case (.organization(let owner), let name?): Endpoint("/orgs/{org}/actions/secrets/{name}", owner, name)
        case (.repository(let path), nil): Endpoint("/repos/{repo*}/actions/secrets", path)
        case (.repository(let path), let name?): Endpoint("/repos/{repo*}/actions/secrets/{name}", path, name)
        // The site has none, and the forge says so.
        case (.site, _): Endpoint("/admin/actions/secrets")
        }
    }
}
