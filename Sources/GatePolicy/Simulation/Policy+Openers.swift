extension Policy {
    /// Openers who make no difference to each other: whoever of them opens a pull request, the same is asked of the same.
    ///
    /// They are in the same of all sets that the policy names, and so each can stand for the others.
    /// - Parameters:
    ///   - facts: who is in which set.
    ///   - people: those who are supposed to sign.
    func alike(_ openers: [Account], _ facts: Facts, among people: [Account]) -> [[Account]] {
        var leaves: Set<People> = []
        for set in Self.peopleInOrder(gates, parts, block, change) { set.eachLeaf { leaves.insert($0) } }
        // Who owns what is changed hangs on the files.
        if leaves.contains(.codeOwners), case .known(.some)? = facts.codeOwners { return openers.map { [$0] } }
        let sets = Array(Set(leaves.flatMap { facts.members(of: $0, among: openers) } + people.byActivity))
        var groups: [Likeness: [Account]] = [:]
        for opener in openers {
            let likeness = Likeness(
                isActive: opener.isActive, isReal: opener.isReal, posts: opener == facts.serviceAccount,
                sets: sets.indices.filter { sets[$0].contains(opener.id) })
            groups[likeness, default: []].append(opener)
        }
        return groups.values.sorted { ($0.first?.id ?? 0) < ($1.first?.id ?? 0) }
    }
}

/// What tells one opener from another.
private struct Likeness: Hashable {
    var isActive: Bool?
    var isReal: Bool
    var posts: Bool
    var sets: [Int]
}

extension Facts {
    /// The ids of everybody of whom something is known that puts them into a set, or may.
    ///
    /// Whoever is active, whoever is not, those who are in it and those who only may be are told apart: where others are
    /// taken out, that makes a difference.
    fileprivate func members(of leaf: People, among openers: [Account]) -> [Set<Int64>] {
        switch leaf {
        case .user(let login, _):
            let login = login.lowercased()
            let named = openers.filter { $0.login.lowercased() == login }
            return (named + [users[login]?.value ?? nil].compactMap { $0 }).byActivity
        case .team(let team, _): return members(of: team)
        case .organizationTeam(let name, _):
            return members(of: TeamReference(organization: repository.name.owner, name: name))
        case .organizationMembers: return (organizationMembers?.value ?? []).byActivity
        case .writers: return writers?.byCertainty ?? []
        case .admins: return admins?.byCertainty ?? []
        case .readers:
            return [writers, admins].compactMap { $0 }.flatMap(\.byCertainty)
                + (organizationMembers?.value ?? []).byActivity
        case .group, .author, .committers, .anyone, .codeOwners, .union, .intersection, .difference, .nobody: return []
        }
    }

    private func members(of team: TeamReference) -> [Set<Int64>] {
        guard case .known(let directory)? = directories[team.organization.lowercased()],
            let id = directory.ids[team.name.lowercased()]
        else { return [] }
        return (teamMembers[id]?.value?.listed ?? []).byActivity
    }
}

extension RightHolders {
    fileprivate var byCertainty: [Set<Int64>] { proven.byActivity + (possible ?? []).byActivity }
}

extension [Account] {
    /// The ids of those of whom the same is told of whether they are active.
    fileprivate var byActivity: [Set<Int64>] {
        Dictionary(grouping: self) { $0.isActive }.values.map { Set($0.map(\.id)) }
    }
}
