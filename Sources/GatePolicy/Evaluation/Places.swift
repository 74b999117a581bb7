/// Who fills places of a gate, for the fates of reviews.
struct Places {
    /// Lists of sets, the first of them empty: people whose signatures count for the same sets share one.
    private var lists: [[String]] = [[]]
    /// The list of each person.
    private var filled = AccountTable<Int>()
    /// Why nobody knows whether a person's signature counts.
    var open = AccountTable<Set<Unknown>>()
    /// Which earlier gate of a `distinct` list keeps a person's signature.
    var kept = AccountTable<String>()
    /// The item whose place each person's acknowledgement fills, where nobody may fill two.
    var acknowledged = AccountTable<String>()

    /// Everybody who fills a place, or may, or is kept for another.
    var people: [Int64] { filled.map(\.id) + open.map(\.id) + kept.map(\.id) }

    /// The sets that a person's signature counts for; nil for none.
    func sets(filledBy id: Int64) -> [String]? { filled[id].map { lists[$0] } }

    /// Whether a person's signature counts for any set.
    func areFilled(by account: Account) -> Bool { filled[account] != nil }

    /// Fills places of a set, once a person.
    mutating func fill(_ set: String, by accounts: [Account]) {
        var longer: [(before: Int, after: Int)] = []
        for account in accounts {
            let before = filled[account] ?? 0
            if let known = longer.first(where: { $0.before == before }) {
                filled[account] = known.after
                continue
            }
            let after = list(before, with: set)
            longer.append((before, after))
            filled[account] = after
        }
    }

    /// The number of a list that holds a set besides.
    private mutating func list(_ number: Int, with set: String) -> Int {
        if lists[number].contains(set) { return number }
        lists.append(lists[number] + [set])
        return lists.count - 1
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
        for (id, number) in other.filled {
            for set in other.lists[number] { filled[id] = list(filled[id] ?? 0, with: set) }
        }
        for (id, reasons) in other.open { open[id, default: []].formUnion(reasons) }
    }
}
