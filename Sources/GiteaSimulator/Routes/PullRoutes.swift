/// Pull requests.
enum PullRoutes {
    private static let path = "/repos/{owner}/{repo}/pulls"

    static let all: [Route] = [
        Route("GET", path, .repository) { world, call in
            let repository = try readable(world, call)
            let state = call.query("state") ?? "open"
            var pulls = world.pulls(of: repository.id).filter {
                state == "all" || $0.isClosed == (state == "closed")
            }
            switch call.query("sort") {
            case "oldest": break
            case "recentupdate": pulls.sort { ($0.updated, $0.id) > ($1.updated, $1.id) }
            case "leastupdate": pulls.sort { ($0.updated, $0.id) < ($1.updated, $1.id) }
            default: pulls.sort { $0.id > $1.id }
            }
            let page = Page(call)
            let list = page.slice(pulls).map { world.pullJSON($0, viewer: call.caller) }
            var answer = APIResponse.json(200, .array(list)).with(total: pulls.count)
            if let link = page.link(call, total: pulls.count, address: world.address) { answer.headers.append(link) }
            return answer
        },
        Route("POST", path, .repository) { world, call in try open(&world, call) },
        Route("GET", path + "/{index}", .repository) { world, call in
            if call["index"].hasSuffix(".diff") { return try diff(world, call) }
            return .json(200, world.pullJSON(try call.pull(world), viewer: call.caller))
        },
        Route("PATCH", path + "/{index}", .repository) { world, call in try edit(&world, call) },
        Route("GET", path + "/{index}/files", .repository) { world, call in
            let pull = try call.pull(world)
            let repository = try call.repository(world)
            // The forge cuts what is shown as two to the number of files that git counts.
            let sections = world.changes(of: pull)
            let changes = Array(sections.prefix(Set(sections.map(\.path)).count))
            let page = Page(call)
            let head = world.headSHA(of: pull)
            let list = page.slice(changes).map { world.changeJSON($0, head: head, of: pull, in: repository) }
            return GitRoutes.paged(.json(200, .array(list)), page, call, total: changes.count, world)
        },
        Route("GET", path + "/{index}/commits", .repository) { world, call in
            let pull = try call.pull(world)
            return GitRoutes.commits(
                world, call, world.commits(of: pull), in: try call.repository(world), alwaysCounts: true)
        },
    ]

    private static func readable(_ world: WorldState, _ call: Call) throws -> Repository {
        let repository = try call.repository(world)
        guard repository.hasPulls, call.permission(world, repository).reads("repo.pulls") else {
            throw APIFailure.notFound()
        }
        return repository
    }

    private static func diff(_ world: WorldState, _ call: Call) throws -> APIResponse {
        let repository = try readable(world, call)
        guard let number = Int(call["index"].dropLast(5)), let pull = world.pull(number, in: repository.id) else {
            throw APIFailure.notFound()
        }
        let base = world.mergeBase(of: pull).flatMap { world.git.commits[$0]?.files } ?? [:]
        let head = world.git.commits[world.headSHA(of: pull)]?.files ?? [:]
        return .text(200, world.git.unifiedDiff(base, head))
    }

    private static func open(_ world: inout WorldState, _ call: Call) throws -> APIResponse {
        let repository = try readable(world, call)
        let caller = try call.requireCaller()
        try call.refuseArchived(world, repository)
        var head = call.body["head"]?.string ?? ""
        let base = call.body["base"]?.string ?? ""
        if head == base {
            throw APIFailure.message(422, "Invalid PullRequest: There are no changes between the head and the base")
        }
        var source = repository
        if let colon = head.firstIndex(of: ":") {
            let owner = world.account(named: String(head[..<colon]))?.id
            head = String(head[head.index(after: colon)...])
            if owner != repository.owner {
                guard
                    let fork = world.repositories.values.first(where: {
                        $0.owner == owner && $0.parent == repository.id
                    })
                else { throw APIFailure.notFound() }
                source = fork
            }
        }
        guard source.branches[head] != nil, repository.branches[base] != nil,
            world.permission(of: caller, in: source).reads("repo.code")
        else { throw APIFailure.notFound() }
        if let old = world.pulls(of: repository.id).first(where: {
            !$0.isClosed && $0.head == head && $0.headRepository == source.id && $0.base == base
        }) {
            throw APIFailure.message(
                409,
                "pull request already exists for these targets [id: \(old.id), issue_id: \(old.id), "
                    + "head_repo_id: \(source.id), base_repo_id: \(repository.id), head_branch: \(head), "
                    + "base_branch: \(base)]")
        }
        let labels = try LabelRoutes.ids(call.body["labels"], in: repository)
        let openBefore = world.openPulls(of: repository)
        var pull = world.openPull(
            in: repository, head: head, headRepository: source.id, base: base,
            title: call.body["title"]?.string ?? "", body: call.body["body"]?.string ?? "", author: caller)
        world.setLabels(pull.id, labels, doer: caller)
        let assignees = (call.body["assignees"]?.strings ?? []).compactMap { world.person(named: $0)?.id }
        world.tellPull(pull.id, action: "opened", type: "pull_request", by: caller)
        if !labels.isEmpty { world.tellPull(pull.id, action: "label_updated", type: "pull_request_label", by: caller) }
        if !assignees.isEmpty { world.setAssignees(pull.id, assignees, doer: caller) }
        pull = world.pulls[pull.id] ?? pull
        // the answer still shows the counter of before
        var answer = world.pullJSON(pull, viewer: caller)
        for side in ["base", "head"] {
            guard answer[side]?["repo"]?["id"]?.int == repository.id, var inner = answer[side] else { continue }
            inner["repo"]?["open_pr_counter"] = .int(openBefore)
            answer[side] = inner
        }
        return .json(201, answer)
    }

    private static func edit(_ world: inout WorldState, _ call: Call) throws -> APIResponse {
        let pull = try call.pull(world)
        let repository = try call.repository(world)
        let caller = try call.requireCaller()
        let writes = call.permission(world, repository).writes("repo.pulls")
        guard pull.author == caller || writes else { throw APIFailure.empty(403) }
        if let body = call.body["body"]?.string, body != pull.body {
            world.pulls[pull.id]?.body = body
            world.pulls[pull.id]?.updated = world.now
        }
        if let title = call.body["title"]?.string, !title.isEmpty, title != pull.title {
            world.retitle(pull.id, title, doer: caller)
            world.tellPull(
                pull.id, action: "edited", type: "pull_request", by: caller,
                changes: ["title": ["from": .string(pull.title)]])
        }
        if writes, let names = call.body["assignees"]?.strings {
            world.setAssignees(pull.id, names.compactMap { world.person(named: $0)?.id }, doer: caller)
        }
        if writes, call.body["labels"]?.array != nil {
            world.setLabels(pull.id, try LabelRoutes.ids(call.body["labels"], in: repository), doer: caller)
            world.tellPull(pull.id, action: "label_updated", type: "pull_request_label", by: caller)
        }
        if let state = call.body["state"]?.string, (state == "closed") != pull.isClosed {
            if pull.mergedAt != nil {
                throw APIFailure.message(412, "cannot change state of this pull request, it was already merged")
            }
            world.setClosed(pull.id, state == "closed", doer: caller)
        }
        if let base = call.body["base"]?.string, !base.isEmpty, base != pull.base {
            guard repository.branches[base] != nil else {
                throw APIFailure.notFound("new base '\(base)' not exist", errors: nil)
            }
            if world.pulls(of: repository.id).contains(where: {
                !$0.isClosed && $0.head == pull.head && $0.headRepository == pull.headRepository && $0.base == base
            }) {
                throw APIFailure.message(409, "pull request already exists for these targets")
            }
            world.retarget(pull.id, to: base, doer: caller)
        }
        return .json(201, world.pullJSON(world.pulls[pull.id] ?? pull, viewer: caller))
    }
}
