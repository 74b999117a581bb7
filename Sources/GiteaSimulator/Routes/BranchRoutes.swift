/// Branches.
enum BranchRoutes {
    static let all: [Route] = [
        Route("GET", "/repos/{owner}/{repo}/branches", .repository) { world, call in
            let repository = try call.repository(world)
            let names = repository.branches.keys.sorted()
            let list = Page(call).slice(names).compactMap { name in
                repository.branches[name].map {
                    world.branchJSON(name, $0, in: repository, viewer: call.caller)
                }
            }
            return .json(200, .array(list)).with(total: names.count)
        },
        Route("POST", "/repos/{owner}/{repo}/branches", .repository) { world, call in
            let repository = try call.writable(world, "repo.code")
            let caller = try call.requireCaller()
            try call.refuseArchived(world, repository)
            guard let name = call.body["new_branch_name"]?.string, !name.isEmpty else {
                throw APIFailure.message(422, "[BranchName]: Required")
            }
            let old = call.body["old_ref_name"]?.string ?? call.body["old_branch_name"]?.string ?? ""
            guard let sha = world.resolve(old.isEmpty ? repository.defaultBranch : old, in: repository) else {
                throw APIFailure.message(404, "The old branch does not exist")
            }
            if repository.branches[name] != nil { throw APIFailure.message(409, "The branch already exists.") }
            world.push(repository.id, name, to: sha, doer: caller)
            return .json(201, world.branchJSON(name, sha, in: repository, viewer: caller))
        },
        Route("GET", "/repos/{owner}/{repo}/branches/{branch*}", .repository) { world, call in
            let repository = try call.repository(world)
            guard let sha = repository.branches[call["branch"]] else { throw APIFailure.notFound() }
            return .json(200, world.branchJSON(call["branch"], sha, in: repository, viewer: call.caller))
        },
        Route("DELETE", "/repos/{owner}/{repo}/branches/{branch*}", .repository) { world, call in
            let repository = try call.writable(world, "repo.code")
            let name = call["branch"]
            guard repository.branches[name] != nil else { throw APIFailure.notFound() }
            if name == repository.defaultBranch { throw APIFailure.message(403, "can not delete default branch") }
            if world.protection(for: name, in: repository) != nil {
                throw APIFailure.message(403, "branch protected")
            }
            world.push(repository.id, name, to: nil, doer: try call.requireCaller())
            return .empty(204)
        },
    ]
}
