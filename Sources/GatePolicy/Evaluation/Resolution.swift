/// A set of people of which everything is known, looked up once and then asked about many.
enum ResolvedPeople {
    /// A few, as they were read: to look through them is quicker than to put them in order; of them the deactivated are
    /// not in it.
    case few([Account])
    /// Ids in their order: short lists, so that looking is quicker than hashing.
    /// - `isWhole`: whether no deactivated account was left out.
    case accounts([Int64], isWhole: Bool = true)
    case login(String)
    case everybody
    case union([ResolvedPeople])
    case intersection([ResolvedPeople])
    indirect case difference(ResolvedPeople, ResolvedPeople)

    /// How many are a few.
    private static let mostOfFew = 16

    /// Those who are in a team; nil where there may be more of them.
    init?(_ members: TeamMembers) {
        if members.incomplete != nil { return nil }
        if members.listed.count <= Self.mostOfFew {
            self = .few(members.listed)
            return
        }
        var ids: [Int64] = []
        ids.reserveCapacity(members.listed.count)
        for member in members.listed where member.isActive != false { ids.append(member.id) }
        ids.sort()
        self = .accounts(ids, isWhole: ids.count == members.listed.count)
    }

    /// The votes of its people.
    func votes(among signatures: [Signature]) -> SetVotes {
        var votes = SetVotes(places: signatures.count)
        // Most sets are a team, and to ask each time what kind of set it is takes longer than the looking.
        switch self {
        case .few(let people):
            for vote in signatures where people.holdsActive(vote.account) { votes.add(vote.account, vote.freshness) }
        case .accounts(let ids, _):
            for vote in signatures where ids.holds(vote.account.id) { votes.add(vote.account, vote.freshness) }
        case .login, .everybody, .union, .intersection, .difference:
            for vote in signatures where contains(vote.account) { votes.add(vote.account, vote.freshness) }
        }
        return votes
    }

    /// Whether it has everybody of the teams that it is made of, deactivated accounts included.
    var isWhole: Bool {
        switch self {
        case .few(let people): people.allSatisfy { $0.isActive != false }
        case .accounts(_, let isWhole): isWhole
        case .login, .everybody: true
        case .union(let parts), .intersection(let parts): parts.allSatisfy(\.isWhole)
        case .difference(let left, let right): left.isWhole && right.isWhole
        }
    }

    func contains(_ account: Account) -> Bool {
        switch self {
        case .few(let people): people.holdsActive(account)
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
        if let known = foundSets[number].people { return known }
        let resolved: ResolvedPeople?
        if let team = set.team {
            let id = teamID(ofPlanned: team)
            resolved = members(of: id)
        } else {
            resolved = resolve(set.people)
        }
        foundSets[number].people = .some(resolved)
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
        case .team(let team, _):
            let id = teamID(team)
            return members(of: id)
        case .organizationTeam(let name, _):
            if let known = resolvedTeams[name] { return known }
            let team = TeamReference(organization: facts.repository.name.owner, name: name)
            let id = teamID(team)
            let resolved = members(of: id)
            if let resolved { resolvedTeams[name] = resolved }
            return resolved
        case .committers(let rule): return resolveCommitters(rule)
        case .codeOwners: return resolveOwners()
        case .organizationMembers, .readers, .writers, .admins: return nil
        }
    }

    /// Everybody who pushed or wrote a commit, when that is known.
    private mutating func resolveCommitters(_ rule: CommitterRule) -> ResolvedPeople? {
        plainContributions(rule).map { .accounts($0.people) }
    }

    /// Who brought the commits, where that alone says who is a committer.
    mutating func plainContributions(_ rule: CommitterRule) -> Contributions? {
        guard rule == .plain, let contributions = contributions(), contributions.updates.isEmpty,
            contributions.hidden == .no
        else { return nil }
        return contributions
    }

    private mutating func resolve(_ parts: [People]) -> [ResolvedPeople]? {
        var resolved: [ResolvedPeople] = []
        for part in parts {
            guard let one = resolve(part) else { return nil }
            resolved.append(one)
        }
        return resolved
    }

    /// - Parameter team: its id; found before, for an argument that changes the evaluation would have it copied.
    private func members(of team: Known<Int64?>) -> ResolvedPeople? {
        guard case .known(.some(let id)) = team, case .known(let members)? = facts.teamMembers[id] else { return nil }
        return ResolvedPeople(members)
    }
}

extension [Account] {
    /// Whether an account is among them, and not as a deactivated one.
    fileprivate func holdsActive(_ account: Account) -> Bool {
        contains { $0.id == account.id && $0.isActive != false }
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
