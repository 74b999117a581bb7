/// Who may do what in a repository.
enum AccessRoutes {
    static let all: [Route] = [
        Route("GET", "/repos/{owner}/{repo}/teams", .repository) { world, call in
            let repository = try call.repository(world)
            guard world.accounts[repository.owner]?.isOrganization == true else {
                throw APIFailure.message(405, "repo is not owned by an organization")
            }
            let teams = world.teams(of: repository.owner).filter { world.teamHas($0, repository) }
                .sorted { ($0.name == "Owners" ? "" : $0.name) < ($1.name == "Owners" ? "" : $1.name) }
            return .json(200, .array(teams.map { world.teamJSON($0, withOrganization: false) }))
        },
        Route("GET", "/repos/{owner}/{repo}/reviewers", .repository) { world, call in
            let repository = try call.repository(world)
            return .json(200, people(world, call, repository, .read))
        },
        Route("GET", "/repos/{owner}/{repo}/assignees", .repository) { world, call in
            let repository = try call.repository(world)
            return .json(200, people(world, call, repository, .write))
        },
        Route("GET", "/repos/{owner}/{repo}/collaborators", .repository) { world, call in
            let people = world.sorted(try call.repository(world).collaborators.keys)
            let list = Page(call).slice(people).map { world.accountJSON($0, for: call.viewer) }
            return .json(200, .array(list)).with(total: people.count)
        },
        Route("GET", "/repos/{owner}/{repo}/collaborators/{username}", .repository) { world, call in
            let repository = try call.repository(world)
            guard let person = world.person(named: call["username"]) else { throw unknown(422, call) }
            guard repository.collaborators[person.id] != nil else { throw APIFailure.notFound() }
            return .empty(204)
        },
        Route("PUT", "/repos/{owner}/{repo}/collaborators/{username}", .repository) { world, call in
            let repository = try call.administered(world)
            guard let person = world.person(named: call["username"]) else { throw unknown(422, call) }
            let mode = AccessMode(name: call.body["permission"]?.string ?? "write")
            world.repositories[repository.id]?.collaborators[person.id] = mode == .none ? .write : mode
            return .empty(204)
        },
        Route("DELETE", "/repos/{owner}/{repo}/collaborators/{username}", .repository) { world, call in
            let repository = try call.administered(world)
            guard let person = world.person(named: call["username"]) else { throw unknown(422, call) }
            world.repositories[repository.id]?.collaborators[person.id] = nil
            return .empty(204)
        },
        Route("GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", .repository) { world, call in
            let repository = try call.repository(world)
            let caller = try call.requireCaller()
            let isSelf = world.accounts[caller]?.login.lowercased() == call["username"].lowercased()
            guard isSelf || call.permission(world, repository).isAdmin else {
                throw APIFailure.message(
                    403,
                    "Only admins can query all permissions, repo admins can query all repo permissions, "
                        + "collaborators can query only their own")
            }
            guard let person = world.person(named: call["username"]) else { throw unknown(404, call) }
            let mode = world.permission(of: person.id, in: repository).mode.name
            return .json(
                200,
                [
                    "permission": .string(mode), "role_name": .string(mode),
                    "user": world.accountJSON(person, for: .everybody),
                ])
        },
    ]

    private static func unknown(_ status: Int, _ call: Call) -> APIFailure {
        .message(status, "user does not exist [uid: 0, name: \(call["username"]), keyid: 0]")
    }

    /// People with access by login; the owner of a user's repository comes last.
    private static func people(_ world: WorldState, _ call: Call, _ repository: Repository, _ mode: AccessMode) -> JSON
    {
        let all = world.people(with: mode, in: repository)
        let sorted = all.filter { $0.id != repository.owner } + all.filter { $0.id == repository.owner }
        return .array(sorted.map { world.accountJSON($0, for: call.viewer) })
    }
}
