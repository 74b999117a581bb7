/// Accounts and their tokens.
enum UserRoutes {
    static let all: [Route] = [
        Route("GET", "/user", .user) { world, call in
            .json(200, world.accountJSON(try call.requireCaller(), for: call.viewer))
        },
        Route("POST", "/user/emails", .user) { _, call in
            _ = try call.requireCaller()
            guard call.body["emails"]?.strings?.isEmpty == false else {
                throw APIFailure.message(422, "Email list empty")
            }
            throw APIFailure.message(403, "the simulator adds no addresses")
        },
        Route("DELETE", "/packages/{owner}/{type}/{name}/{version}", .package) { _, call in
            _ = try call.requireCaller()
            // The simulator keeps no packages.
            throw APIFailure.notFound()
        },
        Route("GET", "/user/teams", .user, .organization) { world, call in
            let caller = try call.requireCaller()
            let teams = world.teams.values.filter { $0.members.contains(caller) }.sorted { $0.id < $1.id }
            let list = Page(call).slice(teams).map { world.teamJSON($0, withOrganization: true) }
            return .json(200, list.isEmpty ? .null : .array(list)).with(total: teams.count)
        },
        Route("GET", "/user/orgs", .user, .organization) { world, call in
            let caller = try call.requireCaller()
            let mine = world.accounts.values.filter { $0.isOrganization && world.isMember(caller, of: $0.id) }
            let list = Page(call).slice(mine.sorted { $0.id < $1.id }).map { world.organizationJSON($0) }
            return .json(200, .array(list)).with(total: mine.count)
        },
        Route("GET", "/user/repos", .user, .repository) { world, call in
            let caller = try call.requireCaller()
            // Those that only everybody can read are not among them; those that a team may only read are.
            let mine = world.repositories.values.filter { repository in
                world.permission(of: caller, in: repository).mode > .read
                    || repository.collaborators[caller] != nil
                    || world.teams.values.contains {
                        $0.members.contains(caller) && world.teamHas($0, repository)
                    }
            }
            let list = Page(call).slice(mine.sorted { $0.id < $1.id }).map {
                world.repositoryJSON($0, world.permission(of: caller, in: $0), language: true)
            }
            return .json(200, .array(list)).with(total: mine.count)
        },
        Route("POST", "/user/repos", .user, .repository) { world, call in
            let caller = try call.requireCaller()
            return try RepositoryRoutes.create(&world, call, owner: caller)
        },
        Route("GET", "/users/{username}", .user) { world, call in
            guard let account = world.account(named: call["username"]) else {
                throw APIFailure.message(404, "user redirect does not exist [name: \(call["username"])]")
            }
            guard world.sees(call.caller, account) else { throw APIFailure.noUser(call["username"]) }
            return .json(200, world.accountJSON(account, for: call.viewer))
        },
        Route("GET", "/users/{username}/repos", .user, .repository) { world, call in
            guard let account = world.account(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            return RepositoryRoutes.list(world, call, owner: account.id)
        },
        Route("GET", "/users/{username}/orgs/{org}/permissions", .user, .organization) { world, call in
            _ = try call.requireCaller()
            guard let account = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            let organization = try call.organization(world)
            guard world.sees(call.caller, organization) else { throw APIFailure.notFound("HasOrgOrUserVisible") }
            let teams = world.teams(of: organization.id).filter { $0.members.contains(account.id) }
            let owns = teams.contains { $0.permission == .owner } || account.isAdmin
            let best = teams.map { max($0.permission, $0.units.values.max() ?? .none) }.max() ?? .none
            return .json(
                200,
                [
                    "is_owner": .bool(owns), "is_admin": .bool(owns || best >= .admin),
                    "can_write": .bool(owns || best >= .write), "can_read": .bool(owns || best >= .read),
                    "can_create_repository": .bool(owns || teams.contains { $0.canCreateRepositories }),
                ])
        },
        Route("GET", "/users/{username}/tokens", .user) { world, call in
            let account = try tokenOwner(world, call)
            let mine = world.tokens.filter { $0.owner == account.id }
            let list = Page(call).slice(mine).map { world.tokenJSON($0, revealed: false) }
            return .json(200, .array(list)).with(total: mine.count)
        },
        Route("POST", "/users/{username}/tokens", .user) { world, call in
            let account = try tokenOwner(world, call)
            guard let name = call.body["name"]?.string, !name.isEmpty else {
                throw APIFailure.message(422, "[Name]: Required")
            }
            if world.tokens.contains(where: { $0.owner == account.id && $0.name == name }) {
                throw APIFailure.message(400, "access token name has been used already")
            }
            let scopes = call.body["scopes"]?.strings ?? []
            if let bad = scopes.first(where: { !Scope.isValid($0) }) {
                throw APIFailure.message(
                    400, "invalid access token scope provided: invalid access token scope: \(bad)")
            }
            let token = world.createToken(owner: account.id, name: name, scopes: scopes)
            return .json(201, world.tokenJSON(token, revealed: true))
        },
        Route("DELETE", "/users/{username}/tokens/{token}", .user) { world, call in
            let account = try tokenOwner(world, call)
            let name = call["token"]
            let match = world.tokens.first { $0.owner == account.id && ($0.name == name || String($0.id) == name) }
            guard let match else { throw APIFailure.notFound() }
            world.tokens.removeAll { $0.id == match.id }
            return .empty(204)
        },
    ]

    /// The account whose tokens are meant: oneself or, for a site admin, anybody; never by token.
    private static func tokenOwner(_ world: WorldState, _ call: Call) throws -> Account {
        guard call.isBasic, let caller = call.caller else { throw APIFailure.message(401, "auth required") }
        guard let account = world.person(named: call["username"]) else { throw APIFailure.noUser(call["username"]) }
        guard account.id == caller || world.accounts[caller]?.isAdmin == true else {
            throw APIFailure.message(403, "doer should be the site admin or be same as the contextUser")
        }
        return account
    }
}
