/// Items of checklists; the descriptions that worlds make up answer some of what they ask.
extension PolicyText {
    /// What items ask.
    static let asks = ["Testing", "Risk"]
    /// How many items a policy may have that worlds speak of.
    static let mostItems = 6

    /// One to three items of a gate.
    mutating func checklist(_ lines: inout [String]) {
        lines.append("    checklist:")
        for _ in 0..<(1 + random.below(3)) {
            var keys = ["item: \(nextItem())"]
            if random.chance(40) { keys.append("ask: \(random.pick(Self.asks))") }
            let by =
                switch random.below(6) {
                case 0: "\(people(1)) or \(people(0))"
                case 1: "2 of \(people(0)) and \(people(0))"
                case 2: "all of \(people(0))"
                case 3: "\(people(0)) and \(condition(0, helps: true))"
                default: people(1)
                }
            keys.append("by: \(quoted(by))")
            if random.chance(35) { keys.append("when: \(quoted(condition(1)))") }
            lines.append("      - { \(keys.joined(separator: ", ")) }")
        }
    }

    /// One or two items that only sets of people decide.
    mutating func exactItems() -> String {
        let items = (0..<(1 + random.below(2))).map { _ in
            "{ item: \(nextItem()), by: \(quoted(exactPeople(1))) }"
        }
        return "[ \(items.joined(separator: ", ")) ]"
    }

    mutating func nextItem() -> String {
        items += 1
        return "\(prefix)i\(items)"
    }
}
