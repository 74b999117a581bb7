extension Evaluation {
    /// Everybody in a set who may sign here; known only when every list it is made of is whole.
    mutating func roster(of people: People) -> Known<[Account]> {
        switch accounts(of: people) {
        case .unknown(let unknown): return .unknown(unknown)
        case .known(let accounts):
            var able: [Account] = []
            for account in accounts where account.isReal && account.isActive != false && account != facts.serviceAccount {
                if membership(of: account, in: people) == .yes { able.append(account) }
            }
            return .known(able.sorted { $0.login.lowercased() < $1.login.lowercased() })
        }
    }

    private mutating func accounts(of people: People) -> Known<Set<Account>> {
        switch people {
        case .nobody: return .known([])
        case .author: return .known(Set([facts.pullRequest.author].compactMap { $0 }))
        case .group(_, let meaning): return accounts(of: meaning)
        case .union(let parts):
            var all: Set<Account> = []
            for part in parts {
                switch accounts(of: part) {
                case .known(let accounts): all.formUnion(accounts)
                case .unknown(let unknown): return .unknown(unknown)
                }
            }
            return .known(all)
        case .intersection(let parts): return parts.first.map { accounts(of: $0) } ?? .known([])
        case .difference(let left, _): return accounts(of: left)
        case .user(let login, _): return user(login).map { Set([$0].compactMap { $0 }) }
        case .team(let team, let span): return accounts(of: team, span)
        case .organizationTeam(let name, let span):
            return accounts(of: TeamReference(organization: facts.repository.name.owner, name: name), span)
        case .committers:
            return commitPeople().map { Set($0.flatMap(\.mapped)) }
        case .organizationMembers: return organizationMembers().map(Set.init)
        case .writers: return holders(facts.writers, .writers)
        case .admins: return holders(facts.admins, .admins)
        case .anyone, .readers: return .unknown(uncountable(people))
        }
    }

    private mutating func accounts(of team: TeamReference, _ span: SourceSpan) -> Known<Set<Account>> {
        switch teamID(team, span) {
        case .unknown(let unknown): return .unknown(unknown)
        case .known(nil): return .known([])
        case .known(.some(let id)):
            switch members(of: id, team) {
            case .unknown(let unknown): return .unknown(unknown)
            case .known(let members): return members.incomplete.map { .unknown($0) } ?? .known(Set(members.listed))
            }
        }
    }

    private mutating func holders(_ holders: RightHolders?, _ need: Need) -> Known<Set<Account>> {
        guard let holders else {
            needs.insert(need)
            return .unknown(uncountable(need == .admins ? .admins : .writers))
        }
        guard let possible = holders.possible, Set(possible).isSubset(of: Set(holders.proven)) else {
            return .unknown(holders.unknown)
        }
        return .known(Set(holders.proven))
    }

    private func uncountable(_ people: People) -> Unknown {
        Unknown(
            cause: .notTold, subject: "who is in `\(people)`", reason: "nobody can list them",
            cure: "name a team instead of `\(people)`")
    }
}
