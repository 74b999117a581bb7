/// Who fills which place: an assignment in which nobody fills two that must be distinct.
struct Seating {
    /// One gate, with one way of meeting it chosen.
    struct Table {
        /// Whether nobody may fill two places at it.
        var isDistinct: Bool
        /// The counts of the way chosen: which bit, and how many.
        var counts: [(bit: Int, count: Int)]
        /// Voters whom an `all of` asks for, by number, once for each that does.
        var pinned: [Int] = []

        /// Whether one person may fill several of its places that are counted.
        fileprivate var isShared: Bool { !isDistinct && counts.count > 1 }
        fileprivate var bits: UInt64 { counts.reduce(0) { $0 | 1 << UInt64($1.bit) } }
    }

    /// Steps one search may take.
    static let mostSteps = 20_000

    let tables: [Table]
    /// Which places each voter could fill.
    private(set) var masks: [UInt64]
    private var canHold = true
    private var steps = 0
    /// Whether the search was given up: then no answer is no answer.
    private(set) var gaveUp = false

    init(_ tables: [Table], _ masks: [UInt64]) {
        self.tables = tables
        self.masks = masks
        var owner: [Int: Int] = [:]
        for (number, table) in tables.enumerated() {
            for voter in table.pinned {
                if let other = owner[voter], table.isDistinct || other != number { canHold = false }
                owner[voter] = number
                self.masks[voter] = table.isDistinct ? 0 : masks[voter] & table.bits
            }
        }
    }

    /// An assignment that fills every place: for each voter the bits he fills; nil when there is none.
    /// - Parameter looks: looks at voters, counted on.
    mutating func filled(_ looks: inout Int) -> [UInt64]? {
        guard canHold else { return nil }
        looks += masks.count * tables.reduce(1) { $0 + $1.counts.count }
        for table in tables {
            for (bit, count) in table.counts where masks.count(where: { $0.holds(bit) }) < count { return nil }
        }
        let shared = tables.filter(\.isShared).map(\.bits)
        let anyShared = shared.reduce(0, |)
        // Who could sit at such a table and at another one too must choose; everybody else need not.
        let torn = masks.indices.filter { voter in
            let wanted = shared.filter { $0 & masks[voter] != 0 }.count
            return wanted > 1 || (wanted == 1 && masks[voter] & ~anyShared != 0)
        }
        return choose(torn[...], shared, anyShared, masks, &looks)
    }

    private mutating func choose(
        _ torn: ArraySlice<Int>, _ shared: [UInt64], _ anyShared: UInt64, _ masks: [UInt64], _ looks: inout Int
    ) -> [UInt64]? {
        steps += 1
        looks += masks.count * (1 + anyShared.nonzeroBitCount)
        if steps > Self.mostSteps { gaveUp = true }
        if looks > SeatingQuestion.mostLooks { gaveUp = true }
        if gaveUp { return nil }
        for table in tables where table.isShared {
            for (bit, count) in table.counts where masks.count(where: { $0.holds(bit) }) < count { return nil }
        }
        guard let voter = torn.first else { return match(masks, anyShared, &looks) }
        for bits in shared + [~anyShared] where masks[voter] & bits != 0 {
            var next = masks
            next[voter] &= bits
            if let found = choose(torn.dropFirst(), shared, anyShared, next, &looks) { return found }
        }
        return nil
    }

    private mutating func match(_ masks: [UInt64], _ anyShared: UInt64, _ looks: inout Int) -> [UInt64]? {
        var matching = Matching(masks.map { $0 & ~anyShared })
        defer { looks += matching.looks }
        for table in tables where !table.isShared {
            for (bit, count) in table.counts {
                for _ in 0..<count {
                    if looks + matching.looks > SeatingQuestion.mostLooks { gaveUp = true }
                    if gaveUp || !matching.fill(bit) { return nil }
                }
            }
        }
        steps += matching.steps
        return zip(masks, matching.places).map { mask, place in
            mask & anyShared | (place.map { 1 << UInt64($0) } ?? 0)
        }
    }

    /// As many places filled as can be, those of earlier tables first, and what is missing; only without tables at
    /// which one person may fill several.
    /// - Parameter looks: looks at voters, counted on.
    func best(_ looks: inout Int) -> (filled: [UInt64], missing: [Missing])? {
        guard canHold, !tables.contains(where: \.isShared) else { return nil }
        var matching = Matching(masks)
        defer { looks += matching.looks }
        var missing: [Missing] = []
        for table in tables {
            for (bit, count) in table.counts {
                for filled in 0..<count where !matching.fill(bit) {
                    missing.append(Missing(bit: bit, count: count - filled, helped: matching.reached))
                    break
                }
            }
        }
        return (matching.places.map { $0.map { 1 << UInt64($0) } ?? 0 }, missing)
    }

    /// What is missing where everybody sits wherever he could.
    var lacking: [Missing] {
        tables.flatMap(\.counts).compactMap { bit, count in
            let lacking = count - masks.count { $0.holds(bit) }
            return lacking > 0 ? Missing(bit: bit, count: lacking, helped: 1 << UInt64(bit)) : nil
        }
    }

    /// Places of one count that stay empty.
    struct Missing {
        let bit: Int
        let count: Int
        /// The counts of which one more signature would fill one of them, others changing places.
        let helped: UInt64
    }
}

extension UInt64 {
    /// Whether a bit is set.
    func holds(_ bit: Int) -> Bool { self & (1 << UInt64(bit)) != 0 }
}

/// A largest assignment of one place a person, grown place by place along augmenting paths.
struct Matching {
    private let masks: [UInt64]
    /// The bit of the place that each fills.
    private(set) var places: [Int?]
    /// The counts that the last attempt went through.
    private(set) var reached: UInt64 = 0
    private(set) var steps = 0
    /// Looks at voters, those that no step came of among them.
    private(set) var looks = 0
    private var visited: [Bool]

    init(_ masks: [UInt64]) {
        self.masks = masks
        places = Array(repeating: nil, count: masks.count)
        visited = Array(repeating: false, count: masks.count)
    }

    /// Fills one more place of a count; everybody who had a place keeps one.
    mutating func fill(_ bit: Int) -> Bool {
        visited = Array(repeating: false, count: masks.count)
        reached = 0
        return find(bit)
    }

    private mutating func find(_ bit: Int) -> Bool {
        reached |= 1 << UInt64(bit)
        looks += masks.count
        for voter in masks.indices where masks[voter].holds(bit) && !visited[voter] {
            visited[voter] = true
            steps += 1
            guard let taken = places[voter] else {
                places[voter] = bit
                return true
            }
            // Who fills a place of this very count need not move within it.
            if taken != bit, find(taken) {
                places[voter] = bit
                return true
            }
        }
        return false
    }
}
