extension Plan {
    /// Accounts that are given places where a policy is read; more are taken to be enough.
    private static let mostNamedVoters = 100

    /// Whether different people could fill the places of a group, as far as the policy's wording tells.
    ///
    /// Where it names accounts one by one these must be enough; teams may hold anybody. Gates that do not apply to every
    /// pull request are left out, and where there are very many ways or accounts it is taken to be possible.
    /// - Parameter looks: looks at accounts, counted on over the groups of a policy.
    func canBeDistinct(_ group: DistinctGroup, _ looks: inout Int) -> Bool {
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
        var bits: [Int: UInt64] = [:]
        for (bit, count) in group.counts.enumerated() where named[bit] != nil && count.quota.count != nil {
            if bits[count.quota.number] == nil { bits[count.quota.number] = 1 << UInt64(bits.count) }
        }
        var search = LeastWays(bits: bits)
        var ways: [(Int, Ways)] = []
        for table in tables {
            guard let gate = gate(named: group.gates[table]), let least = search.ways(of: gate.require, self)
            else { return true }
            let list = least.map { way in Way(counts: Set(bits.filter { $0.value & way != 0 }.keys), truth: .yes) }
            ways.append((table, Ways(list: list)))
        }
        return SeatingQuestion(group: group, tables: ways, voters: voters).answer([], &looks) != .no
    }
}

/// The ways of meeting requirements, each a set of counts as bits.
///
/// A way that asks for more than another is none: where it can be gone, so can the other.
private struct LeastWays {
    /// Comparisons of ways for the gates of one group.
    private static let mostLooks = 200_000

    /// The counts that are looked at, by their numbers in the plan.
    let bits: [Int: UInt64]
    /// Those of parts, each found once: parts may name each other many times.
    private var ofParts: [String: [UInt64]] = [:]
    private var looks = 0

    init(bits: [Int: UInt64]) { self.bits = bits }

    /// Nil when there are too many.
    mutating func ways(of requirement: PlannedRequirement, _ plan: Plan) -> [UInt64]? {
        switch requirement.shape {
        case .quota(let quota): return [bits[quota.number] ?? 0]
        case .reference(let reference):
            guard let part = plan.gate(named: reference.name), part.gate == nil, !reference.allowsNotNeeded else {
                return [0]
            }
            if let known = ofParts[reference.name] { return known }
            let found = ways(of: part.require, plan)
            ofParts[reference.name] = found
            return found
        case .all: return all(requirement.parts, plan)
        case .any:
            var least: [UInt64] = []
            for part in requirement.parts {
                guard let more = ways(of: part, plan), add(more, to: &least) else { return nil }
            }
            return least
        case .checklist(let checklist): return all(checklist.items.filter(\.alwaysApplies).map(\.by), plan)
        case .condition, .never, .ownersOfEachFile: return [0]
        }
    }

    private mutating func all(_ parts: [PlannedRequirement], _ plan: Plan) -> [UInt64]? {
        var ways: [UInt64] = [0]
        for part in parts {
            guard let more = self.ways(of: part, plan) else { return nil }
            var least: [UInt64] = []
            for way in ways { if !add(more.map { $0 | way }, to: &least) { return nil } }
            ways = least
        }
        return ways
    }

    /// Adds ways to those that ask for least; false when there are too many.
    private mutating func add(_ more: [UInt64], to least: inout [UInt64]) -> Bool {
        for way in more {
            looks += least.count + 1
            if looks > Self.mostLooks { return false }
            if least.contains(where: { $0 & way == $0 }) { continue }
            least.removeAll { $0 & way == way }
            least.append(way)
        }
        return least.count <= Way.most
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
