/// The sets of which people fill places, for telling them: people who fill the same ones share a list.
struct FilledSets {
    /// All sets of another list, and one more.
    private struct List {
        let rest: Int
        let set: String
        let length: Int
    }

    /// Who fills places of one set.
    private struct Known {
        let set: String
        let first: [Account]
        /// All of them, once they are not only the first.
        var all: Set<Account> = []
    }

    private var lists: [List] = []
    /// For each list, the last that was made of it by one set more; first for the list of none.
    private var longer = [Self.none]
    /// The list of each person.
    private var filled = AccountTable<Int>()
    /// The lists that were told already.
    private var told: [[String]?] = []
    private var known: [Known] = []
    /// The places of the sets in the list of those that are known, once they are many.
    private var numbers: [String: Int] = [:]

    /// The place of no list.
    private static let none = -1
    /// Fewer sets are found quicker one by one.
    private static let few = 16

    init(_ places: Places) { places.eachFilled { fill($0, by: $1) } }

    /// How many lists it keeps.
    var size: Int { lists.count }

    /// The sets that a person's signature counts for, in the order in which they were filled; nil for none.
    mutating func sets(filledBy id: Int64) -> [String]? {
        guard let list = filled[id] else { return nil }
        if told.isEmpty { told = Array(repeating: nil, count: lists.count) }
        if let sets = told[list] { return sets }
        var sets: [String] = []
        sets.reserveCapacity(lists[list].length)
        var next = list
        while next != Self.none {
            sets.append(lists[next].set)
            next = lists[next].rest
        }
        sets.reverse()
        told[list] = sets
        return sets
    }

    /// Fills places of a set, once a person.
    private mutating func fill(_ set: String, by people: [Account]) {
        guard let number = number(of: set) else {
            known.append(Known(set: set, first: people))
            if !numbers.isEmpty { numbers[set] = known.count - 1 }
            return lengthen(by: set, of: people)
        }
        if known[number].first == people { return }
        if known[number].all.isEmpty { known[number].all = Set(known[number].first) }
        lengthen(by: set, of: people.filter { known[number].all.insert($0).inserted })
    }

    private mutating func number(of set: String) -> Int? {
        if known.count < Self.few { return known.firstIndex { $0.set == set } }
        if numbers.isEmpty { for (number, known) in known.enumerated() { numbers[known.set] = number } }
        return numbers[set]
    }

    private mutating func lengthen(by set: String, of people: [Account]) {
        let start = lists.count
        for account in people {
            let rest = filled[account] ?? Self.none
            if longer[rest + 1] < start {
                longer[rest + 1] = lists.count
                lists.append(List(rest: rest, set: set, length: rest == Self.none ? 1 : lists[rest].length + 1))
                longer.append(Self.none)
            }
            filled[account] = longer[rest + 1]
        }
    }
}
