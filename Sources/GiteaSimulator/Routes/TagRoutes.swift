/// Tags.
enum TagRoutes {
    static let all: [Route] = [
        Route("GET", "/repos/{owner}/{repo}/tags", .repository) { world, call in
            let repository = try call.repository(world)
            let names = repository.tags.keys.sorted()
            let list = Page(call).slice(names).compactMap { name in
                repository.tags[name].map { world.tagJSON(name, $0, in: repository) }
            }
            return .json(200, .array(list)).with(total: names.count)
        },
        Route("GET", "/repos/{owner}/{repo}/tags/{tag*}", .repository) { world, call in
            let repository = try call.repository(world)
            guard call.permission(world, repository).reads("repo.code"), let sha = repository.tags[call["tag"]] else {
                throw APIFailure.notFound()
            }
            return .json(200, world.tagJSON(call["tag"], sha, in: repository))
        },
        Route("POST", "/repos/{owner}/{repo}/tags", .repository) { world, call in
            let repository = try call.writable(world, "repo.code")
            try call.refuseArchived(world, repository)
            guard let name = call.body["tag_name"]?.string, !name.isEmpty else {
                throw APIFailure.message(422, "[TagName]: Required")
            }
            let target = call.body["target"]?.string ?? ""
            guard let sha = world.resolve(target.isEmpty ? repository.defaultBranch : target, in: repository) else {
                throw APIFailure.message(404, "target not found")
            }
            if repository.tags[name] != nil { throw APIFailure.message(409, "tag exist") }
            world.repositories[repository.id]?.tags[name] = sha
            return .json(201, world.tagJSON(name, sha, in: repository))
        },
        Route("DELETE", "/repos/{owner}/{repo}/tags/{tag*}", .repository) { world, call in
            let repository = try call.writable(world, "repo.code")
            guard repository.tags[call["tag"]] != nil else { throw APIFailure.notFound() }
            world.repositories[repository.id]?.tags[call["tag"]] = nil
            return .empty(204)
        },
    ]
}

extension WorldState {
    fileprivate func tagJSON(_ name: String, _ sha: String, in repository: Repository) -> JSON {
        let archive = "\(web(repository))/archive/\(Self.pathEscaped(name))"
        return [
            "name": .string(name), "message": "", "id": .string(sha),
            "commit": [
                "url": .string("\(api(repository))/git/commits/\(sha)"), "sha": .string(sha),
                "created": "0001-01-01T00:00:00Z",
            ],
            "zipball_url": .string(archive + ".zip"), "tarball_url": .string(archive + ".tar.gz"),
        ]
    }
}
