/// Everybody who may be in a set, as far as it can be listed.
struct Roster {
    /// Everybody who may be in it; membership says who is.
    var listed: [Account]
    /// Why there may be more; empty when the list is whole.
    var missing: Set<Unknown>

    init(_ listed: [Account] = [], missing: Set<Unknown> = []) {
        self.listed = listed
        self.missing = missing
    }
}

extension Evaluation {
    /// Somebody of whom nothing was ever told.
    private static let stranger = Account(id: .max, login: "")

    /// Everybody who may be in a set and could sign, in the order of their logins.
    /// - Parameter negative: whether more people could hold a gate back; a name that is gone then leaves a gap.
    mutating func roster(of people: People, negative: Bool) -> Roster {
        var roster = Roster()
        list(people, negative, &roster)
        // There may be more only where a stranger may be in it: `writers & qa` is whole when one of them is.
        switch membership(of: Self.stranger, in: people, negative: negative) {
        case .no: break
        case .yes: roster.missing.insert(uncountable(people))
        case .unknown(let reasons): roster.missing.formUnion(reasons)
        }
        var seen: Set<Account> = []
        roster.listed = roster.listed.filter { account in
            account.isReal && account.isActive != false && account != facts.serviceAccount
                && seen.insert(account).inserted
        }
        roster.listed.sort { ($0.login.lowercased(), $0.id) < ($1.login.lowercased(), $1.id) }
        return roster
    }

    /// Adds everybody who is listed in any of the sets that a set is made of.
    private mutating func list(_ people: People, _ negative: Bool, _ roster: inout Roster) {
        switch people {
        case .nobody, .anyone, .readers: break
        case .author: roster.listed += [facts.pullRequest.author].compactMap { $0 }
        case .group(_, let meaning): list(meaning, negative, &roster)
        case .union(let parts), .intersection(let parts): for part in parts { list(part, negative, &roster) }
        case .difference(let left, let right):
            list(left, negative, &roster)
            list(right, !negative, &roster)
        case .user(let login, _):
            switch user(login) {
            case .known(.some(let account)): roster.listed.append(account)
            case .known(nil): if negative { roster.missing.insert(goneName("user `\(login)`")) }
            case .unknown(let unknown): roster.missing.insert(unknown)
            }
        case .team(let team, _): list(team, &roster)
        case .organizationTeam(let name, _):
            list(TeamReference(organization: facts.repository.name.owner, name: name), &roster)
        case .committers:
            roster.listed += commitPeople().value?.flatMap(\.mapped) ?? []
            // Also who pushed what was replaced since, or what somebody else had pushed before.
            for row in timeline().value ?? [] {
                if case .push = row.event { roster.listed += [row.actor].compactMap(\.self) }
            }
        case .organizationMembers: roster.listed += organizationMembers().value ?? []
        case .codeOwners: for owner in namedOwners() { list(owner, negative, &roster) }
        case .writers: list(facts.writers, .writers, &roster)
        case .admins: list(facts.admins, .admins, &roster)
        }
    }

    private mutating func list(_ team: TeamReference, _ roster: inout Roster) {
        if case .known(.some(let id)) = teamID(team), case .known(let members) = members(of: id, team) {
            roster.listed += members.listed
        }
    }

    private mutating func list(_ holders: RightHolders?, _ need: Need, _ roster: inout Roster) {
        guard let holders else {
            needs.insert(need)
            return
        }
        roster.listed += holders.proven + (holders.possible ?? [])
    }

    private func uncountable(_ people: People) -> Unknown {
        Unknown(
            cause: .notTold, subject: "who is in `\(people)`", reason: "nobody can list them",
            cure: "name a team instead of `\(people)`")
    }
}
