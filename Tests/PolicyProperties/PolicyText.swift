/// Policies as text, written at random within what the reader accepts most of the time.
struct PolicyText {
    var random: Random
    /// One gate that asks for one quota, so that undecided must mean that two completions disagree.
    let isSingleQuota: Bool

    static let teams = ["qa", "security", "leads"]

    mutating func write() -> String {
        if isSingleQuota {
            return """
                version: 1
                gates:
                  only:
                    require: \(quoted(quota(depth: 2)))
                    block: none
                    approvals: { stale: keep, committers: true, author: true }
                """
        }
        var lines = ["version: 1", "groups:", "  some: \(quoted(people(2)))"]
        if random.chance(50) {
            lines.append("block: \(random.pick(["none", "writers", "leads | @carol", "qa - gone"]))")
        }
        lines.append("gates:")
        // Keeps the group in use whatever else is written.
        lines.append("  first: { require: some, mode: \(random.pick(["enforce", "off", "advisory"])) }")
        let usesPart = random.chance(50)
        for number in 0..<(1 + random.below(3)) { gate(number, usesPart: usesPart, &lines) }
        if usesPart {
            lines.append("parts:")
            lines.append("  piece: { require: \(quoted(requirement(1, references: []))) }")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func gate(_ number: Int, usesPart: Bool, _ lines: inout [String]) {
        var references = number == 0 ? ["first"] : ["first", "g\(number - 1)"]
        if usesPart { references.append("piece") }
        lines.append("  g\(number):")
        if random.chance(40) { lines.append("    when: \(quoted(condition(2)))") }
        var require = requirement(2, references: references)
        if usesPart, number == 0 { require = "gate(\"piece\") or (\(require))" }
        lines.append("    require: \(quoted(require))")
        if random.chance(30) {
            lines.append("    waive: { by: \(quoted(people(1))), reason: \(random.pick(["required", "optional"])) }")
        }
        if random.chance(20) { lines.append("    advisory: \(quoted(condition(1)))") }
        if random.chance(25) { lines.append("    block: { by: \(quoted(people(1))), stale: exact-head }") }
        if random.chance(60) {
            let stale = random.pick(["exact-head", "same-diff", "keep"])
            lines.append(
                "    approvals: { stale: \(stale), author: \(random.chance(30)), committers: \(random.chance(50)) }")
        }
    }

    private func quoted(_ text: String) -> String { "'\(text)'" }

    mutating func people(_ depth: Int) -> String {
        if depth == 0 || random.chance(35) {
            return random.pick(
                [
                    "qa", "security", "leads", "qa", "security", "gone", "@bob", "@carol", "@dave", "@vanished",
                    "writers",
                    "admins", "org_members", "committers", "author", "codeowners", "some",
                ].filter { depth < 2 || $0 != "some" })
        }
        let sign = random.pick(["|", "|", "&", "-", "-"])
        return "(\(people(depth - 1)) \(sign) \(people(depth - 1)))"
    }

    /// Sets of which every member is one of a few teams or rights, for exact counts.
    private mutating func exactPeople(_ depth: Int) -> String {
        if depth == 0 || random.chance(25) {
            return random.pick(["qa", "security", "leads", "@bob", "writers", "admins", "org_members"])
        }
        let sign = random.pick(["|", "&", "-"])
        return "(\(exactPeople(depth - 1)) \(sign) \(exactPeople(depth - 1)))"
    }

    private mutating func quota(depth: Int) -> String {
        let set = isSingleQuota ? exactPeople(depth) : people(depth)
        return random.pick(["\(set)", "2 of \(set)", "1 of \(set)", "all of \(set)", "3 of \(set)"])
    }

    private mutating func requirement(_ depth: Int, references: [String]) -> String {
        if depth == 0 || random.chance(35) {
            switch random.below(10) {
            case 0 where !references.isEmpty: return "gate(\"\(random.pick(references))\")"
            case 1 where !references.isEmpty: return "clear(\"\(random.pick(references))\")"
            case 2: return "never(\"frozen\")"
            case 3, 4: return condition(0, helps: true)
            case 5: return "owners_of_each_file"
            default: return quota(depth: 1)
            }
        }
        let sign = random.pick([" and ", " or "])
        return
            "(\(requirement(depth - 1, references: references))\(sign)\(requirement(depth - 1, references: references)))"
    }

    private mutating func condition(_ depth: Int, helps: Bool = false) -> String {
        if depth > 0, random.chance(60) {
            switch random.below(3) {
            case 0: return "not (\(condition(depth - 1)))"
            case 1: return "(\(condition(depth - 1)) and \(condition(depth - 1)))"
            default: return "(\(condition(depth - 1)) or \(condition(depth - 1)))"
            }
        }
        return random.pick([
            "changes(\"infra/**\")", "changes(\"**\", \"!docs/**\")", "changes_only(\"docs/**\")", "base(\"main\")",
            "fork", "title(\"*wip*\")", "label(\"tier:high\" by \(people(1)))", "label(\"area:*\" by \(people(1)))",
            "labels(\"area:*\" by \(people(1))) >= 1", "labels(\"area:*\" by \(people(1))) = 0", "files < 3",
            "lines > 100", "commits >= 2", "author(\(people(1)))", "any_committer(\(people(1)))",
            "all_committers(\(people(1)))", "status(\"ci\" from \(people(1)))", "head(\"bob:*\")",
        ])
    }
}
