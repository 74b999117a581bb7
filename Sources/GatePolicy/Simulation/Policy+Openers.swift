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
        let sets = Set(leaves.map { facts.members(of: $0) }).filter { !$0.isEmpty }
        var groups: [Likeness: [Account]] = [:]
        let signing = Set(people.map(\.id))
        for opener in openers {
            let likeness = Likeness(
                signs: signing.contains(opener.id), isActive: opener.isActive, isReal: opener.isReal,
                posts: opener == facts.serviceAccount, sets: Set(sets.filter { $0.contains(opener.id) }))
            groups[likeness, default: []].append(opener)
        }
        return groups.values.sorted { ($0.first?.id ?? 0) < ($1.first?.id ?? 0) }
    }
}

/// What tells one opener from another.
private struct Likeness: Hashable {
    var signs: Bool
    var isActive: Bool?
    var isReal: Bool
    var posts: Bool
    var sets: Set<Set<Int64>>
}

extension Facts {
    /// The ids of everybody of whom something is known that puts them into a set, or may.
    fileprivate func members(of leaf: People) -> Set<Int64> {
        switch leaf {
        case .user(let login, _): return Set([users[login.lowercased()]?.value ?? nil].compactMap { $0?.id })
        case .team(let team, _): return members(of: team)
        case .organizationTeam(let name, _):
            return members(of: TeamReference(organization: repository.name.owner, name: name))
        case .organizationMembers, .readers, .writers, .admins:
            let rights = [writers, admins].compactMap { $0 }
            let lists: [[Account]] =
                switch leaf {
                case .organizationMembers: [organizationMembers?.value ?? []]
                case .writers: [writers].compactMap { $0 }.flatMap(\.lists)
                case .admins: [admins].compactMap { $0 }.flatMap(\.lists)
                default: rights.flatMap(\.lists) + [organizationMembers?.value ?? []]
                }
            return Set(lists.flatMap { $0 }.map(\.id))
        case .group, .author, .committers, .anyone, .codeOwners, .union, .intersection, .difference, .nobody: return []
        }
    }

    private func members(of team: TeamReference) -> Set<Int64> {
        guard case .known(let directory)? = directories[team.organization.lowercased()],
            let id = directory.ids[team.name.lowercased()]
        else { return [] }
        return Set((teamMembers[id]?.value?.listed ?? []).map(\.id))
    }
}

extension RightHolders {
    fileprivate var lists: [[Account]] { [proven, possible ?? []] }
}
