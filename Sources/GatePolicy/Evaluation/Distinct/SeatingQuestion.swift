/// Whether the places of some gates can all be filled by different people, under every way of filling in the unknowns.
struct SeatingQuestion {
    let group: DistinctGroup
    /// The gates, by their places in the group, and their ways.
    var tables: [(table: Int, ways: Ways)]
    let voters: [Voter]

    /// Ways of filling in what is unknown of the voters that are tried out.
    static let mostCompletions = 256
    /// Looks at voters that all answers of one evaluation may take, or all of one reading; as many again telling who
    /// fills which places may take, and telling who else could.
    static let mostLooks = 20_000_000

    /// Yes when they can whatever turns out, no when they never can.
    /// - Parameter looks: looks at voters, counted on.
    func answer(_ unknowns: Set<Unknown>, _ looks: inout Int) -> Truth {
        let surely = holds(pessimistically: true, &looks)
        if surely == true { return .yes }
        let possibly = holds(pessimistically: false, &looks)
        if possibly == false { return .no }
        var reasons = unknowns
        for voter in voters where voter.profiles.count > 1 { reasons.formUnion(voter.unknowns) }
        for (_, ways) in tables { for way in ways.list { reasons.formUnion(way.truth.unknowns) } }
        if surely == nil || possibly == nil || reasons.isEmpty { reasons.insert(gaveUp) }
        return .unknown(reasons)
    }

    /// Nil when the search was given up.
    private func holds(pessimistically: Bool, _ looks: inout Int) -> Bool? {
        var choices: [[Way]] = []
        for (_, ways) in tables {
            choices.append(pessimistically ? ways.list.filter { $0.truth == .yes } : ways.list)
        }
        let isWhole =
            tables.allSatisfy(\.ways.isWhole) && choices.reduce(1) { min($0 * $1.count, .max / 512) } <= Way.most
        if choices.contains(where: \.isEmpty) { return isWhole ? false : nil }
        let profiles = voters.map { pessimistically ? $0.fewest : $0.most }
        let completions = profiles.reduce(1) { min($0 * $1.count, .max / 512) }
        if completions > Self.mostCompletions {
            // What holds with what is certain holds always; what fails with all that is possible always fails.
            let masks = voters.map { pessimistically ? $0.certain : $0.possible }
            let found = find(choices, masks, isPessimistic: pessimistically, &looks)
            return found.map { $0 == pessimistically ? $0 : nil } ?? nil
        }
        var hasGivenUp = !isWhole
        for number in 0..<completions {
            var rest = number
            let masks = profiles.map { choice in
                defer { rest /= choice.count }
                return choice[rest % choice.count]
            }
            let found = find(choices, masks, isPessimistic: pessimistically, &looks)
            if found == nil { hasGivenUp = true }
            if pessimistically, found != true { return hasGivenUp ? nil : false }
            if !pessimistically, found == true { return true }
        }
        return pessimistically ? true : hasGivenUp ? nil : false
    }

    /// The same without the last gate, and of the last gate alone.
    var earlier: SeatingQuestion { SeatingQuestion(group: group, tables: tables.dropLast(), voters: voters) }
    var alone: SeatingQuestion { SeatingQuestion(group: group, tables: tables.suffix(1), voters: voters) }

    /// Without those who may be kept for other places; an `all of` that asks for one of them is not met.
    func outside(_ kept: UInt64) -> SeatingQuestion {
        var question = SeatingQuestion(group: group, tables: tables, voters: voters.map { $0.outside(kept) })
        for number in tables.indices {
            question.tables[number].ways.list = tables[number].ways.list.compactMap { way in
                let everybody = self.everybody(of: way, at: tables[number].table)
                var way = way
                for voter in voters {
                    let isKept = Set(voter.profiles.map { $0 & kept != 0 && $0 & everybody != 0 })
                    if isKept == [true] { return nil }
                    if isKept.contains(true) { way.truth = way.truth && .unknown(voter.unknowns) }
                }
                return way
            }
        }
        return question
    }

    /// With one more signature of somebody who has given one.
    func adding(_ bits: UInt64, of account: Account) -> SeatingQuestion {
        SeatingQuestion(
            group: group, tables: tables, voters: voters.map { $0.account == account ? $0.adding(bits) : $0 })
    }

    /// An assignment that fills every place of some ways, those first that hold.
    /// - Parameter looks: looks at voters, counted on.
    func filled(_ masks: [UInt64], _ looks: inout Int) -> (ways: [Way], filled: [UInt64])? {
        let choices = tables.map { $0.ways.list.filter { $0.truth == .yes } + $0.ways.list.filter { $0.truth != .yes } }
        var number = 0
        while let chosen = Self.combination(number, of: choices), number < Way.most, looks <= Self.mostLooks {
            number += 1
            var seating = seating(chosen, masks, isPessimistic: true)
            if let filled = seating.filled(&looks) { return (chosen, zip(filled, pinned(chosen)).map { $0 | $1 }) }
        }
        return nil
    }

    /// The places that each voter fills because an `all of` of some ways, one for each gate, asks for him.
    func pinned(_ chosen: [Way]) -> [UInt64] {
        let everybody = zip(tables, chosen).reduce(0) { $0 | self.everybody(of: $1.1, at: $1.0.table) }
        return voters.map { $0.possible & everybody }
    }

    /// The bits of the `all of` of a way.
    private func everybody(of way: Way, at table: Int) -> UInt64 {
        var bits: UInt64 = 0
        for (bit, count) in group.counts.enumerated()
        where count.table == table && count.quota.count == nil && way.counts.contains(count.quota.number) {
            bits |= 1 << UInt64(bit)
        }
        return bits
    }

    /// Whether some ways can be gone together; nil when the search was given up.
    private func find(
        _ choices: [[Way]], _ masks: [UInt64], isPessimistic: Bool, _ looks: inout Int
    ) -> Bool? {
        var hasGivenUp = false
        var number = 0
        while let chosen = Self.combination(number, of: choices), number < Way.most {
            if looks > Self.mostLooks { return nil }
            number += 1
            var seating = seating(chosen, masks, isPessimistic: isPessimistic)
            if seating.filled(&looks) != nil { return true }
            hasGivenUp = hasGivenUp || seating.gaveUp
        }
        return hasGivenUp ? nil : false
    }

    /// The n-th choice of one way for each gate, the earliest ways of each first.
    static func combination(_ number: Int, of choices: [[Way]]) -> [Way]? {
        var rest = number
        var chosen: [Way] = []
        for ways in choices.reversed() {
            if ways.isEmpty { return nil }
            chosen.append(ways[rest % ways.count])
            rest /= ways.count
        }
        return rest == 0 ? chosen.reversed() : nil
    }

    /// The tables of some ways, one for each gate.
    func seating(_ chosen: [Way], _ masks: [UInt64], isPessimistic: Bool) -> Seating {
        var free: UInt64 = 0
        let seats = zip(tables, chosen).map { entry, way in
            var table = Seating.Table(isDistinct: group.isDistinct[entry.table], counts: [])
            for (bit, count) in group.counts.enumerated()
            where count.table == entry.table && way.counts.contains(count.quota.number) {
                if let number = count.quota.count {
                    table.counts.append((bit, number))
                    free |= 1 << UInt64(bit)
                } else {
                    for (index, voter) in voters.enumerated() {
                        if (isPessimistic ? voter.possible : voter.certain).holds(bit) { table.pinned.append(index) }
                    }
                }
            }
            return table
        }
        return Seating(seats, masks.map { $0 & free })
    }

    /// That the search for an answer, or for those who fill the places, was given up.
    var gaveUp: Unknown {
        Unknown(
            cause: .matcherGaveUp, subject: "whether different people fill the places of `\(group.text)`",
            reason: "there are too many ways of meeting it to try them all",
            cure: "write it with fewer `or`, or ask for fewer people")
    }
}
