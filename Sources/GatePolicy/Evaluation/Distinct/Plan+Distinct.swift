extension Plan {
    /// Accounts that are given places where a policy is read; more are taken to be enough.
    private static let mostNamedVoters = 100

    /// Whether different people could fill the places of a group, as far as the policy's wording tells.
    ///
    /// Where it names accounts one by one these must be enough; teams may hold anybody. Gates that do not apply to every
    /// pull request are left out, and where there are very many ways or accounts it is taken to be possible.
    func canBeDistinct(_ group: DistinctGroup) -> Bool {
        let tables = group.gates.indices.filter { gate(named: group.gates[$0])?.alwaysApplies ?? false }
        if tables.isEmpty { return true }
        let named = group.counts.map { $0.quota.people.namedAccounts }
        let names = named.compactMap { $0 }.reduce(into: Set()) { $0.formUnion($1) }.sorted()
        if names.count > Self.mostNamedVoters { return true }
        let voters = names.map { name in
            var bits: UInt64 = 0
            for (bit, accounts) in named.enumerated() where accounts?.contains(name) ?? false {
                bits |= 1 << UInt64(bit)
            }
            return Voter(account: Account(id: 1, login: name), profiles: [bits], unknowns: [])
        }
        var finite: Set<Int> = []
        for (bit, count) in group.counts.enumerated() where named[bit] != nil { finite.insert(count.quota.number) }
        var ofParts: [String: Ways] = [:]
        let ways = tables.map { table -> (Int, Ways) in
            guard let gate = gate(named: group.gates[table]) else { return (table, Ways()) }
            return (table, self.ways(of: gate.require, finite, &ofParts))
        }
        if ways.contains(where: { !$0.1.isWhole }) { return true }
        return SeatingQuestion(group: group, tables: ways, voters: voters).answer([]) != .no
    }

    /// The ways of meeting a requirement, of whose counts only some are looked at.
    /// - Parameter ofParts: those of parts, each found once: parts may name each other many times.
    private func ways(
        of requirement: PlannedRequirement, _ counts: Set<Int>, _ ofParts: inout [String: Ways]
    ) -> Ways {
        switch requirement.shape {
        case .quota(let quota):
            let isFinite = quota.count != nil && counts.contains(quota.number)
            return Ways(list: [Way(counts: isFinite ? [quota.number] : [], truth: .yes)])
        case .reference(let reference):
            guard let part = gate(named: reference.name), part.gate == nil, !reference.allowsNotNeeded else {
                return Ways(list: [Way(truth: .yes)])
            }
            if let known = ofParts[reference.name] { return known }
            let found = ways(of: part.require, counts, &ofParts)
            ofParts[reference.name] = found
            return found
        case .all:
            var ways = Ways(list: [Way(truth: .yes)])
            for part in requirement.parts { ways.multiply(self.ways(of: part, counts, &ofParts)) }
            return ways
        case .any:
            var ways = Ways()
            for part in requirement.parts { ways.add(self.ways(of: part, counts, &ofParts)) }
            return ways
        case .checklist(let checklist):
            var ways = Ways(list: [Way(truth: .yes)])
            for item in checklist.items where item.alwaysApplies {
                ways.multiply(self.ways(of: item.by, counts, &ofParts))
            }
            return ways
        case .condition, .never, .ownersOfEachFile: return Ways(list: [Way(truth: .yes)])
        }
    }
}

extension People {
    /// The accounts it names one by one, in lower case, `author` being one of them; nil where it may hold anybody.
    fileprivate var namedAccounts: Set<String>? {
        switch self {
        case .user(let login, _): return ["@\(login.lowercased())"]
        case .author: return ["author"]
        case .nobody: return []
        case .group(_, let meaning): return meaning.namedAccounts
        case .union(let parts):
            return parts.reduce(Set()) { found, part in found.flatMap { known in part.namedAccounts.map(known.union) } }
        case .intersection(let parts): return parts.compactMap(\.namedAccounts).min { $0.count < $1.count }
        case .difference(let left, _): return left.namedAccounts
        case .team, .organizationTeam, .committers, .anyone, .organizationMembers, .readers, .writers, .admins,
            .codeOwners:
            return nil
        }
    }
}
