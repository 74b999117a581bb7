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

    /// A policy whose parts name parts again and again, so that written out it would be longer than anybody can read.
    mutating func writeLooks() -> String {
        let gates = (0..<(1 + random.below(5))).map { "g\($0)" }
        let parts = (0..<random.pick([5, 15, 30, 45])).map { "p\($0)" }
        var lines = ["version: 1"]
        if gates.count > 1, random.chance(50) { lines.append("distinct: [\(gates.joined(separator: ", "))]") }
        lines.append("gates:")
        for gate in gates {
            let own = random.chance(50) ? "distinct: true, " : ""
            lines.append("  \(gate): { \(own)require: 'gate(\"p0\") and \(looks(parts.prefix(3), depth: 2))' }")
        }
        lines.append("parts:")
        for (number, part) in parts.enumerated() {
            let when = random.chance(10) ? "when: 'title(\"*x*\")', " : ""
            var require = looks(parts.dropFirst(number + 1).prefix(3), depth: 2)
            if number + 1 < parts.count {
                require = "gate(\"\(parts[number + 1])\") \(random.pick(["and", "or"])) \(require)"
            }
            lines.append("  \(part): { \(when)require: '\(require)' }")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func looks(_ parts: ArraySlice<String>, depth: Int) -> String {
        if depth == 0 || random.chance(30) {
            if !parts.isEmpty, random.chance(75) { return "gate(\"\(random.pick(Array(parts)))\")" }
            return random.pick(["qa", "security", "2 of (qa | leads)", "3 of security", "(qa | security | leads)"])
        }
        let inner = (0..<(2 + random.below(2))).map { _ in looks(parts, depth: depth - 1) }
        return "(\(inner.joined(separator: random.pick([" and ", " or "]))))"
    }

    private mutating func seatedPeople() -> String {
        random.pick(["qa", "security", "leads", "(qa | leads)", "(security - qa)"])
    }
}
