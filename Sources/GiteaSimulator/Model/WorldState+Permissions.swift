/// What one account may do in one repository.
struct Permission: Sendable {
    var mode: AccessMode
    var units: [String: AccessMode]

    static let nothing = Permission(mode: .none, units: [:])
    static func all(_ mode: AccessMode) -> Permission {
        Permission(mode: mode, units: Dictionary(uniqueKeysWithValues: Team.allUnits.map { ($0, mode) }))
    }

    var isAdmin: Bool { mode >= .admin }
    var seesAnything: Bool { mode >= .read || units.values.contains { $0 >= .read } }
    func reads(_ unit: String) -> Bool { (units[unit] ?? .none) >= .read }
    func writes(_ unit: String) -> Bool { (units[unit] ?? .none) >= .write }
}

extension WorldState {
    func isOwner(_ account: Int, of organization: Int) -> Bool {
        teams.values.contains {
            $0.organization == organization && $0.permission == .owner && $0.members.contains(account)
        }
    }

    func isMember(_ account: Int, of organization: Int) -> Bool {
        teams.values.contains { $0.organization == organization && $0.members.contains(account) }
    }

    func members(of organization: Int) -> [Account] {
        var ids: Set<Int> = []
        for team in teams.values where team.organization == organization { ids.formUnion(team.members) }
        return sorted(ids)
    }

    func sorted(_ ids: some Sequence<Int>) -> [Account] {
        ids.compactMap { accounts[$0] }.sorted { $0.login.lowercased() < $1.login.lowercased() }
    }

    func teamHas(_ team: Team, _ repository: Repository) -> Bool {
        team.organization == repository.owner
            && (team.includesAllRepositories || team.repositories.contains(repository.id))
    }

    /// Whether an account or nobody can see an organisation or a person.
    func sees(_ viewer: Int?, _ account: Account) -> Bool {
        switch account.visibility {
        case "public": true
        case "limited": viewer != nil
        default:
            viewer.map { viewer in
                accounts[viewer]?.isAdmin == true || viewer == account.id || isMember(viewer, of: account.id)
                    || accounts.values.contains {
                        $0.isOrganization && isMember(viewer, of: $0.id) && isMember(account.id, of: $0.id)
                    }
            } ?? false
        }
    }

    func permission(of viewer: Int?, in repository: Repository) -> Permission {
        var result = Permission.nothing
        if let owner = accounts[repository.owner], !repository.isPrivate, sees(viewer, owner) { result = .all(.read) }
        guard let viewer, let account = accounts[viewer] else { return result }
        if account.isAdmin || repository.owner == viewer || isOwner(viewer, of: repository.owner) {
            return .all(.owner)
        }
        if let mode = repository.collaborators[viewer], mode > result.mode { result = .all(mode) }
        for team in teams.values where team.members.contains(viewer) && teamHas(team, repository) {
            if team.permission >= .admin { return .all(team.permission) }
            for (unit, mode) in team.units where mode > (result.units[unit] ?? .none) { result.units[unit] = mode }
            let best = team.units.values.max() ?? .none
            if best > result.mode { result.mode = best }
        }
        return result
    }

    /// Everybody who has at least this much on any unit, by teams, ownership and collaboration.
    func people(with mode: AccessMode, in repository: Repository) -> [Account] {
        var ids: Set<Int> = []
        for (account, granted) in repository.collaborators where granted >= mode { ids.insert(account) }
        for team in teams.values where teamHas(team, repository) {
            if (team.units.values.max() ?? team.permission) >= mode || team.permission >= .admin {
                ids.formUnion(team.members)
            }
        }
        if accounts[repository.owner]?.isOrganization == false { ids.insert(repository.owner) }
        return sorted(ids)
    }
}
