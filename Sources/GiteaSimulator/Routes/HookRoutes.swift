/// Webhooks of repositories, of organisations and of the whole site.
enum HookRoutes {
    private static let repository = "/repos/{owner}/{repo}/hooks"
    private static let organization = "/orgs/{org}/hooks"

    static let all: [Route] =
        routes(repository, .repository) { world, call in .repository(try call.administered(world).id) }
        + routes(organization, .organization) { world, call in .organization(try call.ownedOrganization(world).id) }
        + routes("/admin/hooks", .admin, ofSite)
        + [
            Route("POST", repository + "/{id}/tests", .repository) { world, call in
                let repository = try call.administered(world)
                let hook = try hook(world, call, .repository(repository.id))
                world.tellTest(hook, repository, by: try call.requireCaller())
                return .empty(204)
            }
        ]

    /// One that is made without saying so is for new repositories, and is not listed.
    private static func ofSite(_ world: WorldState, _ call: Call) throws -> Hook.Target {
        guard world.version.showsSiteHooks else { throw APIFailure.notFound() }
        try call.requireSiteAdmin(world)
        guard call.request.method == "POST" else { return .site }
        return call.body["config"]?["is_system_webhook"]?.string == "true" ? .site : .template
    }

    private typealias Finder = @Sendable (WorldState, Call) throws -> Hook.Target

    private static func routes(_ path: String, _ area: Scope.Area, _ target: @escaping Finder) -> [Route] {
        [
            Route("GET", path, area) { world, call in
                let wanted = try target(world, call)
                let hooks = world.hooks.values.filter { $0.target == wanted }.sorted { $0.id < $1.id }
                return .json(200, .array(Page(call).slice(hooks).map { json($0) })).with(total: hooks.count)
            },
            Route("POST", path, area) { world, call in
                let config = call.body["config"] ?? .null
                var hook = Hook(
                    id: world.nextID(.hook), target: try target(world, call), url: config["url"]?.string ?? "",
                    contentType: config["content_type"]?.string ?? "json", secret: config["secret"]?.string ?? "",
                    events: events(call.body["events"]?.strings ?? ["push"], world.version),
                    isActive: call.body["active"]?.bool ?? false,
                    branchFilter: call.body["branch_filter"]?.string ?? "",
                    authorization: call.body["authorization_header"]?.string ?? "", created: world.now,
                    updated: world.now)
                hook.kind = call.body["type"]?.string ?? "gitea"
                if hook.url.isEmpty { throw APIFailure.message(422, "Missing config option: url") }
                if hook.branchFilter == "*" { hook.branchFilter = "" }
                world.hooks[hook.id] = hook
                return .json(201, json(hook))
            },
            Route("GET", path + "/{id}", area) { world, call in
                .json(200, json(try hook(world, call, try target(world, call))))
            },
            Route("PATCH", path + "/{id}", area) { world, call in
                var hook = try hook(world, call, try target(world, call))
                if let url = call.body["config"]?["url"]?.string { hook.url = url }
                if let type = call.body["config"]?["content_type"]?.string { hook.contentType = type }
                // The secret stays what it was, and what is not said again is forgotten.
                let names = call.body["events"]?.strings ?? []
                hook.events = events(names.isEmpty ? ["push"] : names, world.version)
                hook.branchFilter = call.body["branch_filter"]?.string ?? ""
                hook.authorization = call.body["authorization_header"]?.string ?? ""
                if hook.branchFilter == "*" { hook.branchFilter = "" }
                if let active = call.body["active"]?.bool { hook.isActive = active }
                hook.updated = world.now
                world.hooks[hook.id] = hook
                return .json(200, json(hook))
            },
            Route("DELETE", path + "/{id}", area) { world, call in
                world.hooks[try hook(world, call, try target(world, call)).id] = nil
                return .empty(204)
            },
        ]
    }

    private static func hook(_ world: WorldState, _ call: Call, _ target: Hook.Target) throws -> Hook {
        guard let hook = world.hooks[try call.number("id")], hook.target == target else {
            throw APIFailure.notFound()
        }
        return hook
    }

    /// What the names of a request switch on: `pull_request` brings all its sub-events, and the three of reviews go
    /// together by a name of their own.
    private static func events(_ names: [String], _ version: ServerVersion) -> Set<String> {
        let ofReviews: Set = [
            "pull_request_review_approved", "pull_request_review_comment", "pull_request_review_rejected",
        ]
        var events = Set(names).intersection(WorldState.hookEvents).subtracting(ofReviews)
        if !version.tellsStatuses { events.remove("status") }
        if names.contains("issues_only") { events.insert("issues") }
        if names.contains("pull_request_only") { events.insert("pull_request") }
        if names.contains("pull_request_review") { events.formUnion(ofReviews) }
        if names.contains("pull_request") {
            events.formUnion(WorldState.hookEvents.filter { $0.hasPrefix("pull_request") })
        }
        if names.contains("issues") { events.formUnion(WorldState.hookEvents.filter { $0.hasPrefix("issue_") }) }
        return events
    }

    private static func json(_ hook: Hook) -> JSON {
        [
            "id": .int(hook.id), "type": .string(hook.kind), "branch_filter": .string(hook.branchFilter),
            "config": ["content_type": .string(hook.contentType), "url": .string(hook.url)],
            "events": .strings(WorldState.hookEvents.filter { hook.events.contains($0) }),
            "authorization_header": .string(hook.authorization),
            "active": .bool(hook.isActive), "updated_at": WorldState.time(hook.updated),
            "created_at": WorldState.time(hook.created),
        ]
    }
}
