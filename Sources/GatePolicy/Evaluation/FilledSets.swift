/// The sets of which people fill places, for telling them.
struct FilledSets {
    /// The one set, where there is no other, and those who fill it.
    private let only: [String]
    private let people: [Account]
    /// The lists of sets, where there are several.
    private var shared: SharedLists?

    init(_ places: Places) {
        if places.found.count == 1, case .filled(let set, let people) = places.found[0] {
            (only, self.people) = ([set], people)
        } else {
            (only, people) = ([], [])
            shared = SharedLists(places)
        }
    }

    /// How many lists it keeps.
    var size: Int { shared?.size ?? 0 }

    /// The sets that a person's signature counts for, in the order in which they were filled; nil for none.
    mutating func sets(filledBy id: Int64) -> [String]? {
        if shared != nil { return shared?.sets(filledBy: id) }
        return people.contains { $0.id == id } ? only : nil
    }
}

/// Lists of sets: people who fill the same ones share a list.
private struct SharedLists {
    /// All sets of another list, and one more.
    private struct List {
        let rest: Int
        let set: String
        let length: Int
        /// The last list that was made of this one.
        var longer = SharedLists.none
        /// Its sets, once they were told.
        var told: [String]?
    }

    /// Who fills places of one set.
    private struct Known {
        let set: String
        let first: [Account]
        /// All of them, once they are not only the first.
        var all: Set<Account> = []
    }

    private var lists: [List] = []
    /// The last list of one set alone.
    private var shortest = Self.none
    /// The list of each person.
    private var filled = AccountTable<Int>()
    private var known: [Known] = []
    /// The places of the sets in the list of those that are known, once they are many.
    private var numbers: [String: Int] = [:]

    /// The place of no list.
    private static let none = -1
    /// Fewer sets are found quicker one by one.
    private static let few = 16

    init(_ places: Places) { places.eachFilled { fill($0, by: $1) } }

    var size: Int { lists.count }

    mutating func sets(filledBy id: Int64) -> [String]? {
        guard let list = filled[id] else { return nil }
        if let sets = lists[list].told { return sets }
        var sets: [String] = []
        sets.reserveCapacity(lists[list].length)
        var next = list
        while next != Self.none {
            sets.append(lists[next].set)
            next = lists[next].rest
        }
        sets.reverse()
        lists[list].told = sets
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
            var longer = rest == Self.none ? shortest : lists[rest].longer
            if longer < start {
                longer = lists.count
                lists.append(List(rest: rest, set: set, length: rest == Self.none ? 1 : lists[rest].length + 1))
                if rest == Self.none { shortest = longer } else { lists[rest].longer = longer }
            }
            filled[account] = longer
        }
    }
}
