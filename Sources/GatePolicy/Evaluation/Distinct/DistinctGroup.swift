/// Gates of which nobody may fill places in two, in the order in which they are served; also a `distinct` gate alone.
struct DistinctGroup: Sendable {
    /// A count of people that one of the gates asks for, directly or through its parts.
    struct Count: Sendable {
        /// Which gate it belongs to, by its place in the group.
        let table: Int
        let quota: PlannedRequirement.Quota
        let text: String
        /// Whose signatures fill it.
        let source: Source
    }

    /// Where the signatures that fill a count come from.
    struct Source {
        /// The rules of the gate or part that wrote the count.
        let rules: ApprovalRules
        /// The item of a checklist whose acknowledgements they are; nil for approvals.
        var item: PlannedChecklist.Item?

        /// Whether both have the same signatures.
        func isSame(as other: Source) -> Bool { item?.name == other.item?.name && rules == other.rules }
    }

    /// How many counts a group may hold: each is one bit of a voter's places.
    static let maximumCounts = 64

    /// The gates, those that others refer to first, else in the order of the policy's list.
    let gates: [String]
    /// Every count of every gate; what a part asks for counts in each gate that refers to it.
    let counts: [Count]
    /// Whether nobody fills two places within each gate.
    let isDistinct: [Bool]

    /// Which bits belong to a gate.
    func bits(of table: Int) -> UInt64 {
        var bits: UInt64 = 0
        for (bit, count) in counts.enumerated() where count.table == table { bits |= 1 << UInt64(bit) }
        return bits
    }

    /// The bits of the counts that ask for a number of people, not for everybody.
    var countedBits: UInt64 {
        var bits: UInt64 = 0
        for (bit, count) in counts.enumerated() where count.quota.count != nil { bits |= 1 << UInt64(bit) }
        return bits
    }

    /// The bit of a count, by its number in the plan.
    func bit(of number: Int, at table: Int) -> Int? {
        counts.firstIndex { $0.table == table && $0.quota.number == number }
    }

    /// Whether acknowledgements fill any of its places.
    var countsAcknowledgements: Bool { counts.contains { $0.source.item != nil } }

    /// As the policy writes it.
    var text: String { gates.count > 1 ? "distinct: [\(gates.joined(separator: ", "))]" : "distinct: true" }
}

extension DistinctGroup {
    /// The groups of a policy.
    static func groups(_ lists: [[String]], _ gates: [Gate], _ drafts: [String: GateDraft]) -> [DistinctGroup] {
        let asked = Set(gates.filter { !$0.isOffForGood }.map(\.name))
        let distinct = Set(gates.filter(\.isDistinct).map(\.name))
        let rank = ranks(lists.flatMap(\.self) + gates.map(\.name), drafts)
        let listed = Set(lists.flatMap(\.self))
        let alone = gates.filter { $0.isDistinct && !listed.contains($0.name) }.map { [$0.name] }
        return (lists + alone).compactMap { list in
            let names = list.filter(asked.contains).sorted { rank[$0, default: 0] < rank[$1, default: 0] }
            if names.isEmpty || (names.count == 1 && !distinct.contains(names[0])) { return nil }
            var counts: [Count] = []
            for (table, name) in names.enumerated() {
                var seen: Set<String> = []
                drafts[name].map { collect($0, table, drafts, &seen, &counts) }
            }
            return DistinctGroup(gates: names, counts: counts, isDistinct: names.map(distinct.contains))
        }
    }

    /// What a gate refers to comes before it, or each would wait for the other.
    private static func ranks(_ names: [String], _ drafts: [String: GateDraft]) -> [String: Int] {
        var ranks: [String: Int] = [:]
        for name in names {
            // INVARIANT: references make no circles, so every chain comes to an end.
            var open = [name]
            while let next = open.last {
                let missing = drafts[next]?.references.filter { ranks[$0] == nil && drafts[$0] != nil } ?? []
                if missing.isEmpty || ranks[next] != nil {
                    if ranks[next] == nil { ranks[next] = ranks.count }
                    open.removeLast()
                } else {
                    open += missing.reversed()
                }
            }
        }
        return ranks
    }

    private static func collect(
        _ gate: GateDraft, _ table: Int, _ drafts: [String: GateDraft], _ seen: inout Set<String>,
        _ counts: inout [Count]
    ) {
        collect(gate.require, Source(rules: gate.rules), table, &counts)
        for name in gate.references {
            guard let part = drafts[name], part.gate == nil, seen.insert(name).inserted else { continue }
            collect(part, table, drafts, &seen, &counts)
        }
    }

    private static func collect(
        _ requirement: PlannedRequirement, _ source: Source, _ table: Int, _ counts: inout [Count]
    ) {
        switch requirement.shape {
        case .quota(let quota):
            let text = source.item.map { "\($0.name) by \(requirement.text)" } ?? requirement.text
            counts.append(Count(table: table, quota: quota, text: text, source: source))
        case .checklist(let checklist):
            for item in checklist.items {
                collect(item.by, Source(rules: source.rules, item: item), table, &counts)
            }
        case .condition, .never, .reference, .ownersOfEachFile, .all, .any:
            for part in requirement.parts { collect(part, source, table, &counts) }
        }
    }
}
