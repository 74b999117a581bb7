/// Pull requests as issues.
enum IssueRoutes {
    static let all: [Route] = [
        Route("GET", "/repos/issues/search", .issue) { world, call in
            let state = call.query("state") ?? "open"
            let owner = call.query("owner")?.lowercased()
            let found = world.pulls.values.filter { pull in
                guard let repository = world.repositories[pull.repository],
                    world.permission(of: call.caller, in: repository).reads("repo.pulls")
                else { return false }
                let isOwned = owner == nil || world.accounts[repository.owner]?.login.lowercased() == owner
                return isOwned && (state == "all" || pull.isClosed == (state == "closed"))
                    && call.query("type") != "issues"
            }.sorted { ($0.created, $0.id) > ($1.created, $1.id) }
            return .json(200, .array(Page(call).slice(found).map { world.issueJSON($0) })).with(total: found.count)
        },
        Route("GET", "/repos/{owner}/{repo}/issues/{index}", .issue) { world, call in
            .json(200, world.issueJSON(try call.pull(world)))
        },
        Route("DELETE", "/repos/{owner}/{repo}/issues/{index}", .issue) { world, call in
            _ = try call.administered(world)
            world.deletePull(try call.pull(world).id)
            return .empty(204)
        },
        Route("GET", "/repos/{owner}/{repo}/issues/{index}/timeline", .issue) { world, call in
            let rows = world.rows(of: try call.pull(world).id)
            // without a page it comes whole, whatever the limit; the count is of the rows that are shown
            let list = (call.query("page") == nil ? rows : Page(call).slice(rows)).map { world.rowJSON($0) }
            return .json(200, .array(list)).with(total: list.count)
        },
        Route("POST", "/repos/{owner}/{repo}/issues/{index}/assignees", .issue) { world, call in
            let pull = try call.pull(world)
            _ = try call.writable(world, "repo.pulls")
            let wanted = (call.body["assignees"]?.strings ?? []).compactMap { world.person(named: $0)?.id }
            let added = wanted.filter { !pull.assignees.contains($0) }
            world.setAssignees(pull.id, pull.assignees + added, doer: try call.requireCaller())
            return .json(201, world.issueJSON(world.pulls[pull.id] ?? pull))
        },
    ]
}
