/// Commit statuses.
enum StatusRoutes {
    static let all: [Route] = [
        Route("POST", "/repos/{owner}/{repo}/statuses/{sha}", .repository) { world, call in
            let repository = try call.writable(world, "repo.code")
            let caller = try call.requireCaller()
            let state = call.body["state"]?.string ?? ""
            guard ["", "pending", "success", "error", "failure", "warning"].contains(state),
                let sha = world.resolve(call["sha"], in: repository)
            else { throw APIFailure.message(500, "") }
            let status = CommitStatus(
                index: (repository.statuses[sha]?.last?.index ?? 0) + 1, state: state,
                context: call.body["context"]?.string ?? "", description: call.body["description"]?.string ?? "",
                targetURL: call.body["target_url"]?.string ?? "", creator: caller, created: world.now)
            world.repositories[repository.id]?.statuses[sha, default: []].append(status)
            world.tellStatus(status, sha: sha, in: repository)
            world.runScheduledMerges(on: sha, in: repository.id)
            return .json(201, world.statusJSON(status, sha: sha, in: repository))
        },
        Route("GET", "/repos/{owner}/{repo}/statuses/{sha}", .repository) { world, call in
            try list(world, call, ref: call["sha"])
        },
        Route("GET", "/repos/{owner}/{repo}/commits/{ref}/statuses", .repository) { world, call in
            try list(world, call, ref: call["ref"])
        },
        Route("GET", "/repos/{owner}/{repo}/commits/{ref}/status", .repository) { world, call in
            let repository = try call.repository(world)
            let sha = world.resolve(call["ref"], in: repository) ?? ""
            let newest = world.currentStatuses(of: sha, in: repository)
            guard !newest.isEmpty else {
                return .json(
                    200,
                    [
                        "state": "", "sha": "", "total_count": 0, "statuses": nil, "repository": nil,
                        "commit_url": "", "url": "",
                    ])
            }
            let shown = Page(call).slice(newest)
            return APIResponse.json(
                200,
                [
                    "state": .string(WorldState.combined(shown)), "sha": .string(sha),
                    "total_count": .int(shown.count),
                    "statuses": .array(shown.map { world.statusJSON($0, sha: sha, in: repository) }),
                    "repository": world.repositoryJSON(repository, call.permission(world, repository)),
                    "commit_url": "", "url": "",
                ]
            ).with(total: newest.count)
        },
    ]

    private static func list(_ world: WorldState, _ call: Call, ref: String) throws -> APIResponse {
        let repository = try call.repository(world)
        let sha = world.resolve(ref, in: repository) ?? ref
        var statuses = repository.statuses[sha] ?? []
        if let state = call.query("state"), !state.isEmpty { statuses.removeAll { $0.state != state } }
        switch call.query("sort") {
        case "oldest", "leastindex": break
        default: statuses.sort { ($0.created, $0.index) > ($1.created, $1.index) }
        }
        let page = Page(call)
        let rows = page.slice(statuses).map { world.statusJSON($0, sha: sha, in: repository) }
        var answer = APIResponse.json(200, .array(rows)).with(total: statuses.count)
        if let link = page.link(call, total: statuses.count, address: world.address) { answer.headers.append(link) }
        return answer
    }
}
