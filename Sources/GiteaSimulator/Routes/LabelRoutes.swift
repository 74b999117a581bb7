/// Labels, and which pull requests carry them.
enum LabelRoutes {
    private static let issue = "/repos/{owner}/{repo}/issues/{index}/labels"

    static let all: [Route] = [
        Route("GET", "/repos/{owner}/{repo}/labels", .issue) { world, call in
            let repository = try call.repository(world)
            let labels = repository.labels.sorted { $0.name < $1.name }
            let list = Page(call).slice(labels).map { world.labelJSON($0, in: repository) }
            return .json(200, .array(list)).with(total: labels.count)
        },
        Route("POST", "/repos/{owner}/{repo}/labels", .issue) { world, call in
            let repository = try call.writable(world, "repo.pulls")
            let color = call.body["color"]?.string ?? ""
            let label = Label(
                id: world.nextID(.label), name: call.body["name"]?.string ?? "",
                color: color.hasPrefix("#") ? String(color.dropFirst()) : color,
                description: call.body["description"]?.string ?? "")
            world.repositories[repository.id]?.labels.append(label)
            return .json(201, world.labelJSON(label, in: repository))
        },
        Route("DELETE", "/repos/{owner}/{repo}/labels/{id}", .issue) { world, call in
            let repository = try call.writable(world, "repo.pulls")
            let id = try call.number("id")
            world.repositories[repository.id]?.labels.removeAll { $0.id == id }
            for pull in world.pulls(of: repository.id) { world.pulls[pull.id]?.labels.removeAll { $0 == id } }
            return .empty(204)
        },
        Route("GET", issue, .issue) { world, call in .json(200, world.labelsJSON(try call.pull(world))) },
        Route("POST", issue, .issue) { world, call in
            try set(&world, call) { old, new in old + new.filter { !old.contains($0) } }
        },
        Route("PUT", issue, .issue) { world, call in try set(&world, call) { _, new in new } },
        Route("DELETE", issue, .issue) { world, call in
            _ = try set(&world, call) { _, _ in [] }
            return .empty(204)
        },
        Route("DELETE", issue + "/{label}", .issue) { world, call in
            let gone = try call.number("label")
            let repository = try call.repository(world)
            guard repository.labels.contains(where: { $0.id == gone }) else {
                throw APIFailure.message(422, "label does not exist [label_id: \(gone)]")
            }
            _ = try set(&world, call) { old, _ in old.filter { $0 != gone } }
            return .empty(204)
        },
    ]

    private static func set(
        _ world: inout WorldState, _ call: Call, _ combine: ([Int], [Int]) -> [Int]
    ) throws -> APIResponse {
        let pull = try call.pull(world)
        let repository = try call.repository(world)
        let caller = try call.requireCaller()
        guard call.permission(world, repository).writes("repo.pulls") else { throw APIFailure.empty(403) }
        let wanted = combine(pull.labels, try ids(call.body["labels"], in: repository))
        world.setLabels(pull.id, wanted, doer: caller)
        world.tellPull(pull.id, action: "label_updated", type: "pull_request_label", by: caller)
        return .json(200, world.labelsJSON(world.pulls[pull.id] ?? pull))
    }

    /// The labels that a body names, by id or by name.
    static func ids(_ json: JSON?, in repository: Repository) throws -> [Int] {
        try (json?.array ?? []).map { item in
            let match = repository.labels.first { $0.id == item.int || (item.string != nil && $0.name == item.string) }
            guard let match else { throw APIFailure.notFound() }
            return match.id
        }
    }
}
