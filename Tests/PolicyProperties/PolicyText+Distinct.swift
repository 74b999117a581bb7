/// Gates whose places different people must fill, in a form that can be checked by trying every assignment out.
extension PolicyText {
    /// What a policy of one kind asks for: each gate's counts, in the order of the `distinct` list.
    struct Seats {
        /// A gate's counts, and whether nobody may fill two of its places.
        struct Table {
            var name: String
            /// What approvals and then acknowledgements must fill; the item of an acknowledgement is its number.
            var counts: [(number: Int, people: String, item: Int?)]
            var isDistinct: Bool
        }

        var tables: [Table]
    }

    /// A policy of two or three gates that name only counts joined by `and`.
    mutating func writeSeats() -> (text: String, seats: Seats) {
        var tables: [Seats.Table] = []
        for number in 0..<(1 + random.below(3)) {
            var counts: [(number: Int, people: String, item: Int?)] = []
            let approvals = random.below(4)
            for _ in 0..<approvals { counts.append((1 + random.below(2), seatedPeople(), nil)) }
            for _ in 0..<(approvals == 0 ? 1 + random.below(2) : max(0, random.below(4) - 1)) {
                items += 1
                counts.append((1 + random.below(2), seatedPeople(), items))
            }
            tables.append(Seats.Table(name: "g\(number)", counts: counts, isDistinct: random.chance(50)))
        }
        var lines = [
            "version: 1", "block: none", "approvals: { stale: keep, author: true, committers: true }", "gates:",
        ]
        for table in tables {
            let approvals = table.counts.filter { $0.item == nil }.map { "\($0.number) of \($0.people)" }
            let items = table.counts.compactMap { count in
                count.item.map { "{ item: i\($0), by: '\(count.number) of \(count.people)' }" }
            }
            var keys = ["distinct: \(table.isDistinct)"]
            if !approvals.isEmpty { keys.append("require: '\(approvals.joined(separator: " and "))'") }
            if !items.isEmpty { keys.append("checklist: [ \(items.joined(separator: ", ")) ]") }
            lines.append("  \(table.name): { \(keys.joined(separator: ", ")) }")
        }
        if tables.count > 1 { lines.append("distinct: [\(tables.map(\.name).joined(separator: ", "))]") }
        return (lines.joined(separator: "\n") + "\n", Seats(tables: tables))
    }

    private mutating func seatedPeople() -> String {
        random.pick(["qa", "security", "leads", "(qa | leads)", "(security - qa)"])
    }
}
