/// Repositories themselves.
enum RepositoryRoutes {
    static let all: [Route] = [
        Route("GET", "/repos/search", .repository) { world, call in
            let wanted = (call.query("q") ?? "").lowercased()
            let found = world.repositories.values.filter {
                world.permission(of: call.caller, in: $0).seesAnything
                    && (wanted.isEmpty || $0.name.lowercased().contains(wanted))
            }
            let list = Page(call).slice(found.sorted { $0.id < $1.id }).map {
                world.repositoryJSON($0, call.permission(world, $0), language: true)
            }
            return .json(200, ["ok": true, "data": .array(list)]).with(total: found.count)
        },
        Route("GET", "/repos/{owner}/{repo}", .repository) { world, call in
            let repository = try call.repository(world, isDeep: false)
            return .json(200, world.repositoryJSON(repository, call.permission(world, repository), language: true))
        },
        Route("PATCH", "/repos/{owner}/{repo}", .repository) { world, call in
            var repository = try call.administered(world)
            if let name = call.body["name"]?.string, !name.isEmpty, name != repository.name {
                world.redirects[world.fullName(repository).lowercased()] = repository.id
                repository.name = name
            }
            if let description = call.body["description"]?.string { repository.description = description }
            if let isPrivate = call.body["private"]?.bool { repository.isPrivate = isPrivate }
            if let branch = call.body["default_branch"]?.string { repository.defaultBranch = branch }
            if let archived = call.body["archived"]?.bool {
                repository.archivedAt = archived ? repository.archivedAt ?? world.now : nil
            }
            if let isOn = call.body["has_pull_requests"]?.bool { repository.hasPulls = isOn }
            // Settings of a unit are read only where the unit is named.
            if call.body["has_pull_requests"]?.bool == true {
                for (key, style) in Repository.styleSettings {
                    guard let isAllowed = call.body[key]?.bool else { continue }
                    if isAllowed {
                        repository.forbiddenStyles.remove(style)
                    } else {
                        repository.forbiddenStyles.insert(style)
                    }
                }
            }
            world.repositories[repository.id] = repository
            return .json(200, world.repositoryJSON(repository, call.permission(world, repository)))
        },
        Route("DELETE", "/repos/{owner}/{repo}", .repository) { world, call in
            world.deleteRepository(try call.administered(world).id)
            return .empty(204)
        },
        Route("POST", "/repos/{owner}/{repo}/forks", .repository) { world, call in
            let source = try call.repository(world)
            let caller = try call.requireCaller()
            var owner = caller
            if let organization = call.body["organization"]?.string {
                guard let account = world.organization(named: organization) else {
                    throw APIFailure.message(422, "organization does not exist")
                }
                owner = account.id
            }
            let name = call.body["name"]?.string ?? source.name
            if world.repositories.values.contains(where: { $0.owner == owner && $0.parent == source.id }) {
                throw APIFailure.message(409, "repository is already forked by user [uname: , repo path: ]")
            }
            let fork = world.fork(source, owner: owner, name: name)
            let answer = world.repositoryJSON(fork, call.permission(world, fork))
            world.repositories[fork.id]?.watchers = 1
            world.repositories[fork.id]?.bytes = 29 * 1024
            return .json(202, answer)
        },
        Route("GET", "/repos/{owner}/{repo}/forks", .repository) { world, call in
            let source = try call.repository(world)
            let forks = world.repositories.values.filter {
                $0.parent == source.id && world.permission(of: call.caller, in: $0).seesAnything
            }
            let list = Page(call).slice(forks.sorted { $0.id < $1.id }).map {
                world.repositoryJSON($0, call.permission(world, $0))
            }
            return .json(200, .array(list)).with(total: forks.count)
        },
        Route("GET", "/repos/{owner}/{repo}/actions/secrets", .repository) { world, call in
            let secrets = try call.administered(world).secrets.sorted { $0.key < $1.key }
            let list = secrets.map {
                JSON.object([.init("name", .string($0.key)), .init("created_at", WorldState.time($0.value.created))])
            }
            return .json(200, .array(list)).with(total: secrets.count)
        },
        Route("DELETE", "/repos/{owner}/{repo}/actions/secrets/{name}", .repository) { world, call in
            let repository = try call.administered(world)
            let name = try OrganizationRoutes.secretName(call)
            guard world.repositories[repository.id]?.secrets.removeValue(forKey: name) != nil else {
                throw APIFailure.notFound()
            }
            return .empty(204)
        },
        Route("PUT", "/repos/{owner}/{repo}/actions/secrets/{name}", .repository) { world, call in
            let repository = try call.administered(world)
            let name = try OrganizationRoutes.secretName(call)
            let isNew = world.repositories[repository.id]?.secrets[name] == nil
            world.repositories[repository.id]?.secrets[name] = ActionsSecret(
                text: call.body["data"]?.string ?? "", created: world.now)
            return .empty(isNew ? 201 : 204)
        },
    ]

    static func create(_ world: inout WorldState, _ call: Call, owner: Int) throws -> APIResponse {
        guard let name = call.body["name"]?.string, !name.isEmpty else {
            throw APIFailure.message(422, "[Name]: Required")
        }
        if world.repository(world.accounts[owner]?.login ?? "", name) != nil {
            throw APIFailure.message(409, "The repository with the same name already exists.")
        }
        let repository = world.createRepository(
            owner: owner, name: name, isPrivate: call.body["private"]?.bool ?? false,
            initialize: call.body["auto_init"]?.bool ?? false,
            defaultBranch: call.body["default_branch"]?.string ?? "main",
            description: call.body["description"]?.string ?? "", doer: try call.requireCaller())
        return .json(201, world.repositoryJSON(repository, call.permission(world, repository)))
    }

    /// The repositories of an account; an owner of an organisation lists all of them.
    static func list(_ world: WorldState, _ call: Call, owner: Int) -> APIResponse {
        let found = world.repositories.values.filter {
            $0.owner == owner && world.permission(of: call.caller, in: $0).seesAnything
        }
        let list = Page(call).slice(found.sorted { $0.name < $1.name }).map {
            world.repositoryJSON($0, call.permission(world, $0), language: true)
        }
        return .json(200, .array(list)).with(total: found.count)
    }
}
