/// Policies as text, written at random within what the reader accepts most of the time.
struct PolicyText {
    var random: Random
    /// One gate that asks for one quota, so that undecided must mean that two completions disagree.
    let isSingleQuota: Bool
    /// What the names of gates, parts and items begin with, so that files can be put together.
    var prefix = ""
    /// Items of checklists written so far.
    var items = 0

    static let teams = ["qa", "security", "leads"]

    mutating func write() -> String {
        if isSingleQuota {
            // Several counts in a distinct gate are decided exactly, too: one question about one assignment.
            let isDistinct = random.chance(50)
            let require = isDistinct ? distinctCounts() : quota(depth: 2)
            let checklist = isDistinct && random.chance(40) ? "    checklist: \(exactItems())\n" : ""
            return """
                version: 1
                gates:
                  only:
                    require: \(quoted(require))
                \(checklist)    distinct: \(isDistinct)
                    block: none
                    approvals: { stale: keep, committers: true, author: true }
                """
        }
        return (["version: 1"] + sections(isRoot: true)).joined(separator: "\n") + "\n"
    }

    /// Everything of a file but its version; what only the policy's own file may say where it is that.
    mutating func sections(isRoot: Bool) -> [String] {
        var lines = ["groups:", "  some: \(quoted(people(2)))"]
        if random.chance(50) {
            lines.append(
                "block: \(random.pick(["none", "writers", "leads | @carol", "qa - gone", "codeowners", "qa - codeowners"]))"
            )
        }
        if isRoot, random.chance(40) {
            lines.append(
                "policy: { require: \(random.pick(["nobody", "2 of writers", "leads - gone", "admins or qa"])) }")
        }
        lines.append("gates:")
        // Keeps the group in use whatever else is written.
        lines.append("  \(prefix)first: { require: some, mode: \(random.pick(["enforce", "off", "advisory"])) }")
        let usesPart = random.chance(50)
        let gates = 1 + random.below(3)
        for number in 0..<gates { gate(number, usesPart: usesPart, &lines) }
        if random.chance(40) {
            let names = (["first"] + (0..<gates).map { "g\($0)" }).map { prefix + $0 }.shuffled(using: &random)
            lines.append("distinct: [\(names.prefix(2 + random.below(2)).joined(separator: ", "))]")
        }
        if usesPart {
            lines.append("parts:")
            lines.append("  \(prefix)piece: { require: \(quoted(requirement(1, references: []))) }")
        }
        return lines
    }

    private mutating func gate(_ number: Int, usesPart: Bool, _ lines: inout [String]) {
        var references = (number == 0 ? ["first"] : ["first", "g\(number - 1)"]).map { prefix + $0 }
        if usesPart { references.append("\(prefix)piece") }
        lines.append("  \(prefix)g\(number):")
        // Only a gate that looks at some paths may compare those alone.
        let isScoped = random.chance(10)
        if isScoped {
            lines.append("    when: 'changes(\"\(random.pick(["infra/**", "a", ".countersign.yml"]))\")'")
        } else if random.chance(40) {
            lines.append("    when: \(quoted(condition(2)))")
        }
        var require = requirement(2, references: references)
        if usesPart, number == 0 { require = "gate(\"\(prefix)piece\") or (\(require))" }
        let hasChecklist = random.chance(25)
        if !hasChecklist || usesPart || random.chance(60) { lines.append("    require: \(quoted(require))") }
        if hasChecklist { checklist(&lines) }
        if random.chance(30) {
            let by = random.chance(70) ? people(1) : "\(people(0)) \(random.pick(["or", "and"])) \(quota(depth: 0))"
            lines.append("    waive: { by: \(quoted(by)), reason: \(random.pick(["required", "optional"])) }")
        }
        if random.chance(25) { lines.append("    distinct: true") }
        mode(&lines)
        if random.chance(25) {
            let words =
                random.chance(30) ? ", comments: [\"*veto*\"], revoke: { reviews: true, comments: [\"*fine*\"] }" : ""
            lines.append("    block: { by: \(quoted(people(1))), stale: exact-head\(words) }")
        }
        if isScoped || random.chance(60) { lines.append("    approvals: { \(approvals(isScoped: isScoped)) }") }
    }

    /// Whether it holds anything back, and from when.
    private mutating func mode(_ lines: inout [String]) {
        // The day that it is in every world is the first of 1970.
        let until = random.pick(["1970-01-01", "2030-01-01"])
        switch random.below(10) {
        case 0, 1: lines.append("    advisory: \(quoted(condition(1)))")
        case 2: lines += ["    advisory: \(quoted(condition(1)))", "    until: \(until)"]
        case 3: lines += ["    mode: \(random.pick(["advisory", "off"]))", "    until: \(until)"]
        default: break
        }
    }

    private mutating func approvals(isScoped: Bool) -> String {
        var keys = [
            "stale: \(isScoped ? "same-files" : random.pick(["exact-head", "same-diff", "keep"]))",
            "author: \(random.chance(30))", "committers: \(random.pick(["true", "false", "strict"]))",
        ]
        if random.chance(40) { keys.append("ignore_commits_by: \(quoted(people(1)))") }
        switch random.below(8) {
        case 0: keys.append("comments: [\"*fine*\"]")
        case 1: keys.append("reviews: \"re:(?i)^works\"")
        case 2: keys += ["reviews: false", "comments: [\"*fine*\", \"re:^works$\"]"]
        default: break
        }
        return keys.joined(separator: ", ")
    }

    func quoted(_ text: String) -> String { "'\(text)'" }

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
    mutating func exactPeople(_ depth: Int) -> String {
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

    private mutating func distinctCounts() -> String {
        (0..<(2 + random.below(2))).map { _ in
            random.pick(["", "", "2 of "]) + exactPeople(1 + random.below(2))
        }.joined(separator: " and ")
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

    mutating func condition(_ depth: Int, helps: Bool = false) -> String {
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
            "lines > 100", "commits >= 2", "signed", "signed_by(\(people(1)))", "not signed_with(\"3AA5C34371567BD2\")",
            "author(\(people(1)))", "any_committer(\(people(1)))",
            "all_committers(\(people(1)))", "status(\"ci\" from \(people(1)))",
            "status(\"ci\" from \(people(1))) in (success, pending)", "head(\"bob:*\")",
        ])
    }
}
