/// Who fills places of a gate, for the fates of reviews.
struct Places {
    /// The sets that each person's signature counts for.
    var filled = AccountTable<[String]>()
    /// Why nobody knows whether a person's signature counts.
    var open = AccountTable<Set<Unknown>>()
    /// Which earlier gate of a `distinct` list keeps a person's signature.
    var kept = AccountTable<String>()
    /// The item whose place each person's acknowledgement fills, where nobody may fill two.
    var acknowledged = AccountTable<String>()

    /// Fills a place, once a person and set.
    mutating func fill(_ set: String, by account: Account) {
        filled[account, default: []].appendOnce(set)
    }

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
        for (account, sets) in other.filled { for set in sets { fill(set, by: account) } }
        for (account, reasons) in other.open { open[account, default: []].formUnion(reasons) }
    }
}

extension [String] {
    fileprivate mutating func appendOnce(_ text: String) { if !contains(text) { append(text) } }
}
