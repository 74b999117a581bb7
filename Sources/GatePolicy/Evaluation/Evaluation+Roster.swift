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
    /// Everybody who may be in a set and could sign, in the order of their logins.
    /// - Parameter negative: whether more people could hold a gate back; a name that is gone then leaves a gap.
    mutating func roster(of people: People, negative: Bool) -> Roster {
        var roster = accounts(of: people, negative)
        var seen: Set<Account> = []
        roster.listed = roster.listed.filter { account in
            account.isReal && account.isActive != false && account != facts.serviceAccount
                && seen.insert(account).inserted
        }
        roster.listed.sort { ($0.login.lowercased(), $0.id) < ($1.login.lowercased(), $1.id) }
        return roster
    }

    private mutating func accounts(of people: People, _ negative: Bool) -> Roster {
        switch people {
        case .nobody: return Roster()
        case .author: return Roster([facts.pullRequest.author].compactMap { $0 })
        case .group(_, let meaning): return accounts(of: meaning, negative)
        case .union(let parts):
            var all = Roster()
            for part in parts {
                let some = accounts(of: part, negative)
                all.listed += some.listed
                all.missing.formUnion(some.missing)
            }
            return all
        case .intersection(let parts):
            // Whoever is in all of them is in each: the first that can be listed is enough.
            let lists = parts.map { accounts(of: $0, negative) }
            return lists.first { $0.missing.isEmpty } ?? lists.first ?? Roster()
        case .difference(let left, _): return accounts(of: left, negative)
        case .user(let login, _): return accounts(behind: login, negative)
        case .team(let team, let span): return accounts(of: team, span, negative)
        case .organizationTeam(let name, let span):
            return accounts(of: TeamReference(organization: facts.repository.name.owner, name: name), span, negative)
        case .committers: return Self.roster(commitPeople().map { $0.flatMap(\.mapped) })
        case .organizationMembers: return Self.roster(organizationMembers())
        case .writers: return holders(facts.writers, .writers)
        case .admins: return holders(facts.admins, .admins)
        case .anyone, .readers: return Roster(missing: [uncountable(people)])
        }
    }

    private static func roster(_ accounts: Known<[Account]>) -> Roster {
        switch accounts {
        case .known(let accounts): Roster(accounts)
        case .unknown(let unknown): Roster(missing: [unknown])
        }
    }

    private mutating func accounts(behind login: String, _ negative: Bool) -> Roster {
        switch user(login) {
        case .known(.some(let account)): Roster([account])
        case .known(nil): Roster(missing: negative ? [goneName("user `\(login)`")] : [])
        case .unknown(let unknown): Roster(missing: [unknown])
        }
    }

    private mutating func accounts(of team: TeamReference, _ span: SourceSpan, _ negative: Bool) -> Roster {
        switch teamID(team, span) {
        case .unknown(let unknown): return Roster(missing: [unknown])
        case .known(nil):
            return Roster(missing: negative ? [goneName("team `\(team.name)` of `\(team.organization)`")] : [])
        case .known(.some(let id)):
            switch members(of: id, team) {
            case .unknown(let unknown): return Roster(missing: [unknown])
            case .known(let members):
                return Roster(members.listed, missing: members.incomplete.map { [$0] } ?? [])
            }
        }
    }

    private mutating func holders(_ holders: RightHolders?, _ need: Need) -> Roster {
        guard let holders else {
            needs.insert(need)
            return Roster(missing: [uncountable(need == .admins ? .admins : .writers)])
        }
        guard let possible = holders.possible else { return Roster(holders.proven, missing: [holders.unknown]) }
        return Roster(holders.proven + possible)
    }

    private func uncountable(_ people: People) -> Unknown {
        Unknown(
            cause: .notTold, subject: "who is in `\(people)`", reason: "nobody can list them",
            cure: "name a team instead of `\(people)`")
    }
}
