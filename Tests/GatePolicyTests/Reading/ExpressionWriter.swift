/// Writes random expressions of each kind, valid by the grammar.
struct ExpressionWriter {
    var random: SeededGenerator

    mutating func people(_ depth: Int) -> String {
        if depth == 0 || random.below(3) == 0 {
            return random.pick([
                "@alice", "@bob-2", "@acme/qa", "qa", "2fa-team", "author", "committers", "org_members", "writers",
                "admins",
                "a.b_c-d", "(qa)", "leads", "security",
            ])
        }
        let sign = random.pick([" | ", " & ", " - "])
        let parts = (0...(1 + random.below(2))).map { _ in personOperand(depth - 1) }
        return parts.joined(separator: sign)
    }

    private mutating func personOperand(_ depth: Int) -> String {
        let text = people(depth)
        return text.contains(" ") ? "(\(text))" : text
    }

    mutating func test(_ depth: Int) -> String {
        let patterns = random.pick([
            #""docs/**""#, #""a", '!b'"#, #"'re:\d+', "x\y", "say \"hi\"""#, #""it's""#, #""a\\b""#,
            #""**", "!{a,b}/[!c]?""#,
        ])
        let names = random.pick([#""a""#, #""re:^x$", "y*""#])
        switch random.below(9) {
        case 0: return "changes(\(patterns))"
        case 1: return "changes_only( \(patterns) )"
        case 2: return random.pick(["base", "head", "title", "body", "repository"]) + "(\(names))"
        case 3: return random.pick(["author", "any_committer", "all_committers"]) + "(\(people(depth)))"
        case 4: return "label(\"x\", \"y z\" by \(people(depth)))"
        case 5: return "labels(\"area:*\" by \(people(depth))) \(comparison())"
        case 6:
            let states = random.pick(["", " in (success, pending)", " in (failure)"])
            return "status(\"ci/a\" from \(people(depth)))\(states)"
        case 7: return random.pick(["additions", "deletions", "lines", "files", "commits"]) + " " + comparison()
        default: return random.pick(["fork", "true", "false"])
        }
    }

    private mutating func comparison() -> String {
        random.pick(["<", "<=", "=", "!=", ">=", ">"]) + random.pick([" ", ""]) + "\(random.below(1000))"
    }

    mutating func condition(_ depth: Int) -> String {
        if depth == 0 { return test(1) }
        switch random.below(4) {
        case 0: return test(depth)
        case 1: return "not \(operand(condition(depth - 1)))"
        default: return joined(depth) { $0.condition($1) }
        }
    }

    mutating func requirement(_ depth: Int) -> String {
        if depth == 0 || random.below(4) == 0 {
            switch random.below(6) {
            case 0: return "\(1 + random.below(9)) of \(people(2))"
            case 1: return "all of \(people(2))"
            case 2: return people(2)
            case 3: return "gate(\"x\")"
            case 4: return "never(\"not yet\")"
            default: return condition(1)
            }
        }
        return joined(depth) { $0.requirement($1) }
    }

    private mutating func joined(_ depth: Int, _ part: (inout Self, Int) -> String) -> String {
        let sign = random.pick([" and ", " or ", "\n  and "])
        let parts = (0...(1 + random.below(2))).map { _ in operand(part(&self, depth - 1)) }
        return parts.joined(separator: sign)
    }

    private func operand(_ text: String) -> String {
        text.contains(" and ") || text.contains(" or ") || text.contains("\n") ? "(\(text))" : text
    }
}
