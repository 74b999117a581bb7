/// A set of people of which everything is known, looked up once and then asked about many.
enum ResolvedPeople {
    /// Ids in their order: short lists, so that looking is quicker than hashing.
    /// - `isWhole`: whether no deactivated account was left out.
    case accounts([Int64], isWhole: Bool = true)
    case login(String)
    case everybody
    case union([ResolvedPeople])
    case intersection([ResolvedPeople])
    indirect case difference(ResolvedPeople, ResolvedPeople)

    /// Whose signatures are those of its people, by their places in the list.
    func signers(_ votes: [Signature]) -> [Int] {
        var found: [Int] = []
        found.reserveCapacity(votes.count)
        if case .accounts(let ids, _) = self {
            for index in votes.indices where ids.holds(votes[index].account.id) { found.append(index) }
        } else {
            for index in votes.indices where contains(votes[index].account) { found.append(index) }
        }
        return found
    }

    /// Whether it has everybody of the teams that it is made of, deactivated accounts included.
    var isWhole: Bool {
        switch self {
        case .accounts(_, let isWhole): isWhole
        case .login, .everybody: true
        case .union(let parts), .intersection(let parts): parts.allSatisfy(\.isWhole)
        case .difference(let left, let right): left.isWhole && right.isWhole
        }
    }

    func contains(_ account: Account) -> Bool {
        switch self {
        case .accounts(let ids, _): ids.holds(account.id)
        case .login(let login): account.login.lowercased() == login
        case .everybody: true
        case .union(let parts): parts.contains { $0.contains(account) }
        case .intersection(let parts): parts.allSatisfy { $0.contains(account) }
        case .difference(let left, let right): left.contains(account) && !right.contains(account)
        }
    }
}

extension Evaluation {
    /// Who is in a set of the plan, found once.
    mutating func resolve(_ set: PlannedPeople) -> ResolvedPeople? {
        guard let number = set.number else { return resolve(set.people) }
        if let known = resolvedSets[number] { return known }
        let resolved: ResolvedPeople?
        if case .organizationTeam(let name, _) = set.people {
            // Remembered by the number already.
            resolved = resolve(TeamReference(organization: facts.repository.name.owner, name: name))
        } else {
            resolved = resolve(set.people)
        }
        resolvedSets[number] = .some(resolved)
        return resolved
    }

    /// Who is in a set, when all of it is known and no name in it is gone; nil sends to `membership`, which is exact.
    mutating func resolve(_ people: People) -> ResolvedPeople? {
        switch people {
        case .nobody: return .accounts([])
        case .anyone: return .everybody
        case .author: return .accounts([facts.pullRequest.author?.id].compactMap { $0 })
        case .group(_, let meaning): return resolve(meaning)
        case .union(let parts): return resolve(parts).map(ResolvedPeople.union)
        case .intersection(let parts): return resolve(parts).map(ResolvedPeople.intersection)
        case .difference(let left, .committers(.plain)):
            guard let left = resolve(left), let right = resolve(.committers()) else { return nil }
            return .difference(left, right)
        case .difference: return nil
        case .user(let login, _):
            return facts.rememberedIdentities["@\(login)".lowercased()] == nil ? .login(login.lowercased()) : nil
        case .team(let team, _): return resolve(team)
        case .organizationTeam(let name, _):
            if let known = resolvedTeams[name] { return known }
            return resolve(TeamReference(organization: facts.repository.name.owner, name: name), as: name)
        case .committers(let rule): return resolveCommitters(rule)
        case .codeOwners: return resolveOwners()
        case .organizationMembers, .readers, .writers, .admins: return nil
        }
    }

    /// Everybody who pushed or wrote a commit, when that is known.
    mutating func resolveCommitters(_ rule: CommitterRule) -> ResolvedPeople? {
        guard rule == .plain, let contributions = contributions(), contributions.updates.isEmpty,
            contributions.hidden == .no
        else { return nil }
        return .accounts(contributions.people)
    }

    private mutating func resolve(_ parts: [People]) -> [ResolvedPeople]? {
        var resolved: [ResolvedPeople] = []
        for part in parts {
            guard let one = resolve(part) else { return nil }
            resolved.append(one)
        }
        return resolved
    }

    private mutating func resolve(_ team: TeamReference, as name: String? = nil) -> ResolvedPeople? {
        guard case .known(.some(let id)) = teamID(team), case .known(let members)? = facts.teamMembers[id],
            members.incomplete == nil
        else { return nil }
        var ids: [Int64] = []
        ids.reserveCapacity(members.listed.count)
        for member in members.listed where member.isActive != false { ids.append(member.id) }
        ids.sort()
        let resolved = ResolvedPeople.accounts(ids, isWhole: ids.count == members.listed.count)
        if let name { resolvedTeams[name] = resolved }
        return resolved
    }
}

extension [Int64] {
    /// Whether a list in order holds a number.
    func holds(_ number: Int64) -> Bool {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == number
    }
}
