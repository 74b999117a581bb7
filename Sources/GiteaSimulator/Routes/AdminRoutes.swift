/// What site admins do to accounts.
enum AdminRoutes {
    static let all: [Route] = [
        Route("GET", "/admin/users", .admin) { world, call in
            try call.requireSiteAdmin(world)
            let people = world.accounts.values.filter { !$0.isOrganization }.sorted { $0.id < $1.id }
            let list = Page(call).slice(people).map { world.accountJSON($0, for: call.viewer) }
            return .json(200, .array(list)).with(total: people.count)
        },
        Route("POST", "/admin/users", .admin) { world, call in
            try call.requireSiteAdmin(world)
            guard let login = call.body["username"]?.string, !login.isEmpty else {
                throw APIFailure.message(422, "[Username]: Required")
            }
            guard let email = call.body["email"]?.string, !email.isEmpty else {
                throw APIFailure.message(422, "[Email]: Required")
            }
            if world.account(named: login) != nil {
                throw APIFailure.message(422, "user already exists [name: \(login)]")
            }
            if world.account(withEmail: email) != nil {
                throw APIFailure.message(422, "e-mail already in use [email: \(email)]")
            }
            var account = world.createPerson(
                login: login, email: email, password: call.body["password"]?.string ?? "")
            account.visibility = call.body["visibility"]?.string ?? "public"
            account.mustChangePassword = call.body["must_change_password"]?.bool ?? true
            world.accounts[account.id] = account
            return .json(201, world.accountJSON(account, for: call.viewer))
        },
        Route("PATCH", "/admin/users/{username}", .admin) { world, call in
            try call.requireSiteAdmin(world)
            guard var account = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            if let active = call.body["active"]?.bool { account.isActive = active }
            if let prohibits = call.body["prohibit_login"]?.bool { account.prohibitsLogin = prohibits }
            if let name = call.body["login_name"]?.string { account.loginName = name }
            if let must = call.body["must_change_password"]?.bool { account.mustChangePassword = must }
            if let admin = call.body["admin"]?.bool { account.isAdmin = admin }
            if let email = call.body["email"]?.string { account.email = email }
            if let password = call.body["password"]?.string, !password.isEmpty { account.password = password }
            if let restricted = call.body["restricted"]?.bool { account.restricted = restricted }
            world.accounts[account.id] = account
            return .json(200, world.accountJSON(account, for: call.viewer))
        },
        Route("DELETE", "/admin/users/{username}", .admin) { world, call in
            try call.requireSiteAdmin(world)
            guard let account = world.person(named: call["username"]) else {
                throw APIFailure.noUser(call["username"])
            }
            if call.query("purge") != "true" {
                if world.repositories.values.contains(where: { $0.owner == account.id }) {
                    throw APIFailure.message(422, "user still has ownership of repositories [uid: \(account.id)]")
                }
                if world.teams.values.contains(where: { $0.members.contains(account.id) }) {
                    throw APIFailure.message(422, "user still has membership of organizations [uid: \(account.id)]")
                }
            }
            world.deletePerson(account.id)
            return .empty(204)
        },
    ]
}
