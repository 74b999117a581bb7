extension World {
    /// Everything there is, a line each, in an order of its own: two worlds with the same lines are in the same state.
    ///
    /// What only counts up (the next id, the text of a token) is left out, and so are times.
    public var inventory: [String] {
        update { state in
            var lines: [String] = []
            func login(_ id: Int) -> String { state.accounts[id]?.login ?? "#\(id)" }
            for account in state.accounts.values {
                lines.append(
                    "account \(account.login) \(account.email) admin=\(account.isAdmin) active=\(account.isActive) "
                        + "\(account.visibility) restricted=\(account.restricted)")
            }
            for token in state.tokens {
                lines.append(
                    "token \(login(token.owner)) \(token.name) \(token.scopes.sorted().joined(separator: ","))")
            }
            for team in state.teams.values {
                let units = team.units.map { "\($0.key)=\($0.value.name)" }.sorted().joined(separator: ",")
                let members = team.members.map(login).sorted().joined(separator: ",")
                lines.append(
                    "team \(login(team.organization))/\(team.name) \(team.permission.name) \(units) all="
                        + "\(team.includesAllRepositories) members=\(members) repositories=\(team.repositories.sorted())"
                )
            }
            for hook in state.hooks.values {
                lines.append(
                    "hook \(hook.target) \(hook.url) \(hook.contentType) active=\(hook.isActive) "
                        + "\(hook.events.sorted().joined(separator: ",")) filter=\(hook.branchFilter) "
                        + "authorization=\(hook.authorization)")
            }
            for (owner, secrets) in state.secrets {
                for name in secrets.keys { lines.append("secret \(login(owner)) \(name)") }
            }
            for repository in state.repositories.values {
                lines += Self.inventory(of: repository, login(repository.owner), login)
            }
            for pull in state.pulls.values {
                lines.append(
                    "pull \(pull.repository)#\(pull.number) \(pull.title) into \(pull.base) closed=\(pull.isClosed) "
                        + "reviews=\(state.reviews(of: pull.id).count) rows=\(state.rows(of: pull.id).count)")
            }
            return lines.sorted()
        }
    }

    private static func inventory(
        of repository: Repository, _ owner: String, _ login: (Int) -> String
    ) -> [String] {
        let name = "\(owner)/\(repository.name)"
        var lines = ["repository \(name) private=\(repository.isPrivate) archived=\(repository.archivedAt != nil)"]
        for (branch, sha) in repository.branches { lines.append("branch \(name) \(branch) \(sha)") }
        for (account, mode) in repository.collaborators {
            lines.append("collaborator \(name) \(login(account)) \(mode.name)")
        }
        for secret in repository.secrets.keys { lines.append("secret \(name) \(secret)") }
        for (sha, statuses) in repository.statuses {
            for status in statuses { lines.append("status \(name) \(sha) \(status.context) \(status.state)") }
        }
        for var rule in repository.protections {
            rule.created = 0
            rule.updated = 0
            lines.append("protection \(name) \(rule)")
        }
        return lines
    }
}
