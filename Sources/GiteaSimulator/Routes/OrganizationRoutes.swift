/// Organisations, their members, teams and secrets.
enum OrganizationRoutes {
    static let all: [Route] = [
        Route("POST", "/orgs", .organization) { world, call in
            let caller = try call.requireCaller()
            guard let name = call.body["username"]?.string, !name.isEmpty else {
                throw APIFailure.message(422, "[UserName]: Required")
            }
            if world.account(named: name) != nil {
                throw APIFailure.message(422, "user already exists [name: \(name)]")
            }
            let organization = world.createOrganization(
                login: name, visibility: call.body["visibility"]?.string ?? "public",
                description: call.body["description"]?.string ?? "", owner: caller)
            return .json(201, world.organizationJSON(organization))
        },
        Route("GET", "/orgs/{org}", .organization) { world, call in
            let organization = try call.organization(world, isDeep: false)
            guard world.sees(call.caller, organization) else { throw APIFailure.notFound("HasOrgOrUserVisible") }
            return .json(200, world.organizationJSON(organization))
        },
        Route("PATCH", "/orgs/{org}", .organization) { world, call in
            var organization = try call.ownedOrganization(world)
            if let visibility = call.body["visibility"]?.string { organization.visibility = visibility }
            if let description = call.body["description"]?.string { organization.description = description }
            world.accounts[organization.id] = organization
            return .json(200, world.organizationJSON(organization))
        },
        Route("DELETE", "/orgs/{org}", .organization) { world, call in
            let organization = try call.ownedOrganization(world)
            if world.repositories.values.contains(where: { $0.owner == organization.id }) {
                throw APIFailure.message(
                    500, "user still has ownership of repositories [uid: \(organization.id)]")
            }
            world.deleteOrganization(organization.id)
            return .empty(204)
        },
        Route("GET", "/orgs/{org}/teams", .organization) { world, call in
            let organization = try call.memberOrganization(world)
            let teams = world.teams(of: organization.id)
            let list = Page(call).slice(teams).map { world.teamJSON($0, withOrganization: false) }
            return .json(200, .array(list)).with(total: teams.count)
        },
        Route("GET", "/orgs/{org}/teams/search", .organization) { world, call in
            let organization = try call.memberOrganization(world)
            let caller = try call.requireCaller()
            let isAdmin = world.accounts[caller]?.isAdmin == true
            let wanted = (call.query("q") ?? "").lowercased()
            let teams = world.teams(of: organization.id).filter {
                (isAdmin || $0.members.contains(caller))
                    && (wanted.isEmpty || $0.name.lowercased().contains(wanted))
            }
            let list = Page(call).slice(teams).map { world.teamJSON($0, withOrganization: false) }
            return .json(200, ["data": list.isEmpty ? .null : .array(list), "ok": true]).with(total: teams.count)
        },
        Route("POST", "/orgs/{org}/teams", .organization) { world, call in
            let organization = try call.ownedOrganization(world)
            return try TeamRoutes.create(&world, call, organization)
        },
        // Nobody here makes labels for a whole organisation.
        Route("GET", "/orgs/{org}/labels", .organization) { world, call in
            _ = try call.memberOrganization(world)
            return .json(200, .array([])).with(total: 0)
        },
        Route("GET", "/orgs/{org}/members", .organization) { world, call in
            let organization = try call.organization(world)
            guard world.sees(call.caller, organization) else { throw APIFailure.notFound() }
            let isMember = call.caller.map {
                world.isMember($0, of: organization.id) || world.accounts[$0]?.isAdmin == true
            }
            let members = isMember == true ? world.members(of: organization.id) : []
            let list = Page(call).slice(members).map { world.accountJSON($0, for: call.viewer) }
            return .json(200, .array(list)).with(total: members.count)
        },
        Route("GET", "/orgs/{org}/members/{username}", .organization) { world, call in
            let organization = try call.organization(world)
            let caller = try call.requireCaller()
            guard let person = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            let asks = world.isMember(caller, of: organization.id) || world.accounts[caller]?.isAdmin == true
            guard asks, world.isMember(person.id, of: organization.id) else { throw APIFailure.notFound() }
            return .empty(204)
        },
        Route("DELETE", "/orgs/{org}/members/{username}", .organization) { world, call in
            let organization = try call.ownedOrganization(world)
            guard let person = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            for team in world.teams(of: organization.id) { world.teams[team.id]?.members.remove(person.id) }
            return .empty(204)
        },
        Route("GET", "/orgs/{org}/public_members/{username}", .organization) { world, call in
            _ = try call.organization(world, isDeep: false)
            guard world.person(named: call["username"]) != nil else { throw APIFailure.noUser(call["username"]) }
            throw APIFailure.notFound()
        },
        Route("GET", "/orgs/{org}/repos", .organization) { world, call in
            RepositoryRoutes.list(world, call, owner: try call.organization(world).id)
        },
        Route("POST", "/orgs/{org}/repos", .organization, .repository) { world, call in
            let organization = try call.organization(world)
            let caller = try call.requireCaller()
            let creates = world.teams(of: organization.id).contains {
                $0.members.contains(caller) && $0.canCreateRepositories
            }
            guard creates || world.accounts[caller]?.isAdmin == true else {
                throw APIFailure.message(403, "Given user is not allowed to create repository in organization.")
            }
            return try RepositoryRoutes.create(&world, call, owner: organization.id)
        },
        Route("GET", "/orgs/{org}/actions/secrets", .organization) { world, call in
            let organization = try call.ownedOrganization(world)
            let secrets = (world.secrets[organization.id] ?? [:]).sorted { $0.key < $1.key }
            let list = secrets.map {
                JSON.object([.init("name", .string($0.key)), .init("created_at", WorldState.time($0.value.created))])
            }
            return .json(200, .array(list)).with(total: secrets.count)
        },
        Route("PUT", "/orgs/{org}/actions/secrets/{name}", .organization) { world, call in
            let organization = try call.ownedOrganization(world)
            let name = try secretName(call)
            let isNew = world.secrets[organization.id]?[name] == nil
            world.secrets[organization.id, default: [:]][name] = ActionsSecret(
                text: call.body["data"]?.string ?? "", created: world.now)
            return .empty(isNew ? 201 : 204)
        },
        Route("DELETE", "/orgs/{org}/actions/secrets/{name}", .organization) { world, call in
            let organization = try call.ownedOrganization(world)
            guard world.secrets[organization.id]?.removeValue(forKey: try secretName(call)) != nil else {
                throw APIFailure.notFound()
            }
            return .empty(204)
        },
    ]

    /// The name of a secret, unless it is one the server keeps for itself.
    static func secretName(_ call: Call) throws -> String {
        let name = call["name"].uppercased()
        if name.hasPrefix("GITEA_") || name.hasPrefix("GITHUB_") || name.wholeMatch(of: /[A-Z_][A-Z0-9_]*/) == nil {
            throw APIFailure.message(400, "invalid secret name")
        }
        return name
    }
}
