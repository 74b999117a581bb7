/// Who fills places of a gate, for the fates of reviews.
struct Places {
    /// The sets that each person's signature counts for.
    var filled = FilledPlaces()
    /// Why nobody knows whether a person's signature counts.
    var open = AccountTable<Set<Unknown>>()
    /// Which earlier gate of a `distinct` list keeps a person's signature.
    var kept = AccountTable<String>()
    /// The item whose place each person's acknowledgement fills, where nobody may fill two.
    var acknowledged = AccountTable<String>()

    /// Where different people must fill the places, each fills what he was assigned.
    mutating func assign(_ distinct: Distinctness) {
        for (account, sets) in distinct.filled { filled[account] = sets }
        kept = distinct.kept
        for (account, items) in distinct.acknowledged where distinct.filled[account] == nil {
            acknowledged[account] = items.first
        }
        for (account, reasons) in distinct.open {
            filled[account] = nil
            open[account, default: []].formUnion(reasons)
        }
    }

    mutating func merge(_ other: Places) {
        for (account, set) in other.filled { filled.fill(set, by: account) }
        for (account, reasons) in other.open { open[account, default: []].formUnion(reasons) }
    }
}

/// Which sets each person's signature counts for, in the order in which they were found: a list, for they are few.
struct FilledPlaces {
    private var entries: [(account: Account, set: String)] = []

    /// Fills a place, once a person and set.
    mutating func fill(_ set: String, by account: Account) {
        for index in entries.indices where entries[index].account.id == account.id {
            if entries[index].set == set { return }
        }
        entries.append((account, set))
    }

    /// Everybody, once.
    var people: [Account] {
        var people: [Account] = []
        for (account, _) in entries where !people.contains(account) { people.append(account) }
        return people
    }

    /// The sets of one person; nil for none.
    subscript(account: Account) -> [String]? {
        get {
            let count = entries.indices.count { entries[$0].account.id == account.id }
            if count == 0 { return nil }
            var sets: [String] = []
            sets.reserveCapacity(count)
            for index in entries.indices where entries[index].account.id == account.id {
                sets.append(entries[index].set)
            }
            return sets
        }
        set {
            entries.removeAll { $0.account.id == account.id }
            for set in newValue ?? [] { entries.append((account, set)) }
        }
    }
}

extension FilledPlaces: Sequence {
    func makeIterator() -> [(account: Account, set: String)].Iterator { entries.makeIterator() }
}
