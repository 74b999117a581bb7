/// Who fills places of a gate, for the fates of reviews.
struct Places {
    /// Lists of sets: people whose signatures count for the same sets share one.
    private var lists: [[String]] = []
    /// The place of each person's list.
    private var filled = AccountTable<Int>()
    /// Why nobody knows whether a person's signature counts.
    var open = AccountTable<Set<Unknown>>()
    /// Which earlier gate of a `distinct` list keeps a person's signature.
    var kept = AccountTable<String>()
    /// The item whose place each person's acknowledgement fills, where nobody may fill two.
    var acknowledged = AccountTable<String>()

    /// The sets that a person's signature counts for; nil for none.
    func sets(filledBy id: Int64) -> [String]? { filled[id].map { lists[$0] } }

    /// Whether a person's signature counts for any set.
    func areFilled(by account: Account) -> Bool { filled[account] != nil }

    /// Fills places of a set, once a person.
    mutating func fill(_ set: String, by accounts: [Account]) {
        var longer: [(before: Int, after: Int)] = []
        for account in accounts { Self.add(set, to: &filled[account, default: Self.none], &longer, &lists) }
    }

    /// The place of no list.
    private static let none = -1

    /// - Parameter longer: lists that others had, and those that they have now.
    private static func add(
        _ set: String, to list: inout Int, _ longer: inout [(before: Int, after: Int)], _ lists: inout [[String]]
    ) {
        let before = list
        if let known = longer.first(where: { $0.before == before }) {
            list = known.after
            return
        }
        let sets = before == none ? [] : lists[before]
        if !sets.contains(set) {
            list = lists.count
            lists.append(sets + [set])
        }
        longer.append((before, list))
    }

    /// Where different people must fill the places, each fills what he was assigned.
    mutating func assign(_ distinct: Distinctness) {
        for (id, sets) in distinct.filled {
            lists.append(sets)
            filled[id] = lists.count - 1
        }
        kept = distinct.kept
        for (id, items) in distinct.acknowledged where distinct.filled[id] == nil {
            acknowledged[id] = items.first
        }
        for (id, reasons) in distinct.open {
            filled[id] = nil
            open[id, default: []].formUnion(reasons)
        }
    }

    mutating func merge(_ other: Places) {
        for (id, list) in other.filled {
            for set in other.lists[list] {
                var longer: [(before: Int, after: Int)] = []
                Self.add(set, to: &filled[id, default: Self.none], &longer, &lists)
            }
        }
        for (id, reasons) in other.open { open[id, default: []].formUnion(reasons) }
    }
}
