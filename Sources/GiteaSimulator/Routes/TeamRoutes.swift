/// Teams and who is in them.
enum TeamRoutes {
    static let all: [Route] = [
        Route("GET", "/teams/{id}", .organization) { world, call in
            .json(200, world.teamJSON(try call.team(world), withOrganization: true))
        },
        Route("PATCH", "/teams/{id}", .organization) { world, call in
            var team = try call.ownedTeam(world)
            if let name = call.body["name"]?.string, !name.isEmpty { team.name = name }
            if let description = call.body["description"]?.string { team.description = description }
            if let all = call.body["includes_all_repositories"]?.bool { team.includesAllRepositories = all }
            if call.body["permission"] != nil || call.body["units"] != nil { read(call, into: &team) }
            world.teams[team.id] = team
            return .json(200, world.teamJSON(team, withOrganization: false))
        },
        Route("DELETE", "/teams/{id}", .organization) { world, call in
            world.teams[try call.ownedTeam(world).id] = nil
            return .empty(204)
        },
        Route("GET", "/teams/{id}/members", .organization) { world, call in
            let members = world.sorted(try call.team(world).members)
            let list = Page(call).slice(members).map { world.accountJSON($0, for: call.viewer) }
            return .json(200, .array(list)).with(total: members.count)
        },
        Route("GET", "/teams/{id}/members/{username}", .organization) { world, call in
            let team = try call.team(world)
            guard let person = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            guard team.members.contains(person.id) else { throw APIFailure.notFound() }
            return .json(200, world.accountJSON(person, for: call.viewer))
        },
        Route("PUT", "/teams/{id}/members/{username}", .organization) { world, call in
            let team = try call.ownedTeam(world)
            guard let person = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            world.teams[team.id]?.members.insert(person.id)
            return .empty(204)
        },
        Route("DELETE", "/teams/{id}/members/{username}", .organization) { world, call in
            let team = try call.ownedTeam(world)
            guard let person = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            world.teams[team.id]?.members.remove(person.id)
            return .empty(204)
        },
        Route("GET", "/teams/{id}/repos", .organization) { world, call in
            let team = try call.team(world)
            let repositories = world.repositories.values.filter { world.teamHas(team, $0) }.sorted { $0.id < $1.id }
            let list = Page(call).slice(repositories).map { world.repositoryJSON($0, call.permission(world, $0)) }
            return .json(200, .array(list)).with(total: repositories.count)
        },
        Route("PUT", "/teams/{id}/repos/{owner}/{repo}", .organization) { world, call in
            let team = try call.ownedTeam(world)
            let repository = try call.repository(world).id
            world.teams[team.id]?.repositories.insert(repository)
            return .empty(204)
        },
        Route("DELETE", "/teams/{id}/repos/{owner}/{repo}", .organization) { world, call in
            let team = try call.ownedTeam(world)
            let repository = try call.repository(world).id
            world.teams[team.id]?.repositories.remove(repository)
            return .empty(204)
        },
    ]

    static func create(_ world: inout WorldState, _ call: Call, _ organization: Account) throws -> APIResponse {
        guard let name = call.body["name"]?.string, !name.isEmpty else {
            throw APIFailure.message(422, "[Name]: Required")
        }
        if world.teams(of: organization.id).contains(where: { $0.name.lowercased() == name.lowercased() }) {
            throw APIFailure.message(422, "team already exists [org_id: \(organization.id), name: \(name)]")
        }
        var team = Team(
            id: world.nextID(.team), organization: organization.id, name: name,
            description: call.body["description"]?.string ?? "", permission: .read, units: [:], unitOrder: [],
            includesAllRepositories: call.body["includes_all_repositories"]?.bool ?? false,
            canCreateRepositories: call.body["can_create_org_repo"]?.bool ?? false)
        read(call, into: &team)
        world.teams[team.id] = team
        return .json(201, world.teamJSON(team, withOrganization: true))
    }

    private static func read(_ call: Call, into team: inout Team) {
        let permission = AccessMode(name: call.body["permission"]?.string ?? team.permission.name)
        team.permission = permission == .none ? .read : permission
        if let map = call.body["units_map"]?.members, !map.isEmpty {
            team.unitOrder = map.map(\.key)
            team.units = Dictionary(
                map.map { ($0.key, AccessMode(name: $0.value.string ?? "none")) }, uniquingKeysWith: { $1 })
        } else if let units = call.body["units"]?.strings {
            team.unitOrder = units
            team.units = Dictionary(units.map { ($0, team.permission) }, uniquingKeysWith: { $1 })
        } else if team.unitOrder.isEmpty {
            team.unitOrder = Team.allUnits
            team.units = Dictionary(uniqueKeysWithValues: Team.allUnits.map { ($0, team.permission) })
        }
        if team.permission >= .admin {
            team.unitOrder = Team.allUnits
            team.units = Dictionary(uniqueKeysWithValues: Team.allUnits.map { ($0, team.permission) })
        }
    }
}
