import GiteaSimulator
import Testing

/// Webhooks of the whole site, as site administrators make them.
@Suite struct SiteHookTests {
    private static func hook(_ url: String, isOfSite: Bool) -> JSON {
        var config: JSON = ["url": .string(url), "content_type": "json", "secret": "s"]
        if isOfSite { config["is_system_webhook"] = "true" }
        return ["type": "gitea", "active": true, "events": ["push"], "config": config]
    }

    /// One of new repositories alone tells nothing, and is not listed.
    @Test func ofEveryRepository() async throws {
        try await Forge.run { forge in
            let made = try await forge.root("POST", "/admin/hooks", Self.hook("http://site.example/", isOfSite: true))
            #expect(made.status == 201)
            try await forge.root("POST", "/admin/hooks", Self.hook("http://new.example/", isOfSite: false))
            try await forge.root(
                "POST", "/user/repos", ["name": "own", "auto_init": true, "default_branch": "main"])
            for name in ["acme/widget", "root1/own"] {
                try await forge.root(
                    "POST", "/repos/\(name)/contents/a", ["content": "YQ==", "message": "a", "branch": "main"])
            }
            let sent = forge.simulator.world.pendingDeliveries
            let told = sent.filter { $0.url == "http://site.example/" }.map(\.body)
            #expect(told.contains { $0.contains("acme/widget") } && told.contains { $0.contains("root1/own") })
            #expect(!sent.contains { $0.url == "http://new.example/" })
            let listed = try await forge.root("GET", "/admin/hooks").json.array ?? []
            #expect(listed.map { $0["config"]?["url"]?.string } == ["http://site.example/"])
        }
    }

    @Test func shownToSiteAdministrators() async throws {
        try await Forge.run { forge in
            let status = try await forge.call("alice", "GET", "/admin/hooks").status
            #expect(status == 403)
        }
        var options = GiteaSimulator.Options()
        options.version = ServerVersion("1.18.0")
        try await Forge.run(options) { forge in
            let status = try await forge.root("GET", "/admin/hooks").status
            #expect(status == 404)
        }
    }
}
