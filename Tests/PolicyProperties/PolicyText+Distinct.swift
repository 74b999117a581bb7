/// Gates whose places different people must fill, in a form that can be checked by trying every assignment out.
extension PolicyText {
    /// What a policy of one kind asks for: each gate's counts, in the order of the `distinct` list.
    struct Seats {
        /// A gate's counts, and whether nobody may fill two of its places.
        struct Table {
            var name: String
            var counts: [(number: Int, people: String)]
            var isDistinct: Bool
        }

        var tables: [Table]
    }

    /// A policy of two or three gates that name only counts joined by `and`.
    mutating func writeSeats() -> (text: String, seats: Seats) {
        var tables: [Seats.Table] = []
        for number in 0..<(1 + random.below(3)) {
            let counts = (0..<(1 + random.below(3))).map { _ in
                (
                    number: 1 + random.below(2),
                    people: random.pick(["qa", "security", "leads", "(qa | leads)", "(security - qa)"])
                )
            }
            tables.append(Seats.Table(name: "g\(number)", counts: counts, isDistinct: random.chance(50)))
        }
        var lines = [
            "version: 1", "block: none", "approvals: { stale: keep, author: true, committers: true }", "gates:",
        ]
        for table in tables {
            let require = table.counts.map { "\($0.number) of \($0.people)" }.joined(separator: " and ")
            lines.append("  \(table.name): { require: '\(require)', distinct: \(table.isDistinct) }")
        }
        if tables.count > 1 { lines.append("distinct: [\(tables.map(\.name).joined(separator: ", "))]") }
        return (lines.joined(separator: "\n") + "\n", Seats(tables: tables))
    }
}
