/// A line of a home-made tier gate.
struct Tier {
    var label: String
    var line: Int
    /// And-ed; each holds teams of which one suffices.
    var clauses: [[String]]
    /// Whether the expression follows its colon without a blank.
    var isTight: Bool
}

/// Reads lines `label: EXPR`.
struct TierReader {
    var log: ImportLog

    /// The tiers, in the file's order.
    mutating func read(_ text: String) -> [Tier] {
        var tiers: [Tier] = []
        var labels = FirstLines<String>()
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        if let place = lines.firstIndex(where: { ShellTable.holds(Self.trimmed($0)) }) {
            refuseShell(lines, at: place)
            return []
        }
        for (index, raw) in lines.enumerated() {
            let line = Self.trimmed(Self.withoutComment(raw))
            if line.isEmpty { continue }
            guard let tier = tier(line, index + 1) else { continue }
            if let first = labels.note(tier.label.lowercased(), line: index + 1) {
                log.error(
                    tier.label, key: "label", "this label stands twice, first on line \(first)",
                    hint: "keep one of them", line: index + 1)
            }
            tiers.append(tier)
            // Each becomes a gate, and one more asks for some of them.
            if tiers.count >= PolicyDraft.gatesLimit {
                PolicyDraft.refuseSize(&log, line: index + 1)
                break
            }
        }
        refuseForgotten(tiers)
        if tiers.isEmpty, !log.hasErrors {
            log.error(
                key: "file", "there is no tier in this file",
                hint: "write lines such as `tier:low: engineers,managers`",
                line: 1)
        }
        return tiers
    }

    /// Such tables stand in scripts, whose quotation marks and brackets are no part of labels and teams.
    private mutating func refuseShell(_ lines: [Substring], at place: Int) {
        let entry = lines[place...].lazy.compactMap { ShellTable.entry(Self.withoutComment($0)) }.first
        var trial = TierReader(log: ImportLog())
        let line = entry.map { "\($0.key): \($0.value)" }.flatMap { line in
            trial.tier(line, 1) != nil && !trial.log.hasErrors ? line : nil
        }
        log.error(
            key: "file", "\(Writing.inline(Self.trimmed(lines[place]))) is a line of a shell script, and no tier",
            hint: "write lines such as `\(line ?? "tier:low: engineers,managers")`", line: place + 1)
    }

    /// `tier:high` without its expression would be the label `tier` and the team `high`.
    private mutating func refuseForgotten(_ tiers: [Tier]) {
        let labels = tiers.map { $0.label.lowercased() }
        for (index, tier) in tiers.enumerated() where tier.isTight {
            let start = "\(labels[index]):"
            guard let place = labels.firstIndex(where: { $0.hasPrefix(start) }) else { continue }
            let other = tiers[place]
            log.error(
                tier.label, key: "label",
                "line \(other.line) has the label \(Writing.inline(other.label)), so this reads like a label of that kind "
                    + "without its teams",
                hint:
                    "write its teams after a colon; or a blank after the colon, if \(Writing.inline(tier.label)) is the label",
                line: tier.line)
        }
    }

    private static func withoutComment(_ line: Substring) -> Substring {
        guard let index = line.firstIndex(of: "#") else { return line }
        let before = line[..<index]
        return before.isEmpty || before.last == " " || before.last == "\t" ? before : line
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" || $0 == "\u{FEFF}" }
        return String(String(start.reversed().drop { $0 == " " || $0 == "\t" }).reversed())
    }

    private mutating func tier(_ line: String, _ number: Int) -> Tier? {
        // Labels hold colons themselves, expressions do not.
        guard let colon = line.lastIndex(of: ":") else {
            log.error(
                key: "file", "\(Writing.inline(line)) is no tier", hint: "write `label: teams`", line: number)
            return nil
        }
        let label = ShellTable.unquoted(Self.trimmed(line[..<colon]))
        let expression = ShellTable.unquoted(Self.trimmed(line[line.index(after: colon)...]))
        guard !label.isEmpty, Writing.isWritable(label), !label.contains("*") else {
            log.error(
                key: "label", "\(Writing.inline(label)) cannot be a label here", hint: "a label is a text without `*`",
                line: number)
            return nil
        }
        guard let clauses = clauses(expression, label, number) else { return nil }
        let after = line[line.index(after: colon)...].first
        return Tier(label: label, line: number, clauses: clauses, isTight: after != " " && after != "\t")
    }

    private mutating func clauses(_ expression: String, _ label: String, _ line: Int) -> [[String]]? {
        let flat = String(expression.map { "()".contains($0) ? " " : $0 })
        let words = flat.replacing(",", with: " , ").split { $0 == " " || $0 == "\t" }.map(String.init)
        var clauses: [[String]] = [[]]
        var missing: [[String]] = [[]]
        var expectsTeam = true
        for word in words {
            switch word {
            case "AND", "and", ",":
                if expectsTeam { return nothing(label, line) }
                if word != "," {
                    clauses.append([])
                    missing.append([])
                }
                expectsTeam = true
            case "OR", "or", "NOT", "not", "|", "&", "||", "&&":
                log.error(
                    label, key: "expression", "`\(word)` is no operator of tiers", hint: "a comma is or, `AND` is and",
                    line: line)
                return nil
            case "???":
                guard !expectsTeam, let last = clauses.last?.last else {
                    log.error(
                        label, key: "expression", "no team stands before `???`",
                        hint: "name the team that is to be created: `team???`", line: line)
                    return nil
                }
                missing[clauses.count - 1].append(last)
            default:
                guard expectsTeam else {
                    log.error(
                        label, key: "expression", "a comma or `AND` is missing before \(Writing.inline(word))",
                        hint: "a comma is or, `AND` is and", line: line)
                    return nil
                }
                let isMissing = word.hasSuffix("???")
                let name = isMissing ? String(word.dropLast(3)) : word
                guard let team = Teams.written(name, rule: label, key: "expression", line: line, log: &log) else {
                    return nil
                }
                clauses[clauses.count - 1].append(team)
                if isMissing { missing[clauses.count - 1].append(team) }
                expectsTeam = false
            }
        }
        if expectsTeam { return nothing(label, line) }
        for (clause, marked) in zip(clauses, missing) {
            let teams = Set(clause)
            let consequence =
                teams.count == 1
                ? "is required here: nothing passes without it"
                : teams.isSubset(of: marked)
                    ? "so are all others of its list: nothing passes without one of them"
                    : "is asked for here beside others that are there"
            var told: Set<String> = []
            for team in marked where told.insert(team).inserted { warnAboutMissing(team, consequence, label, line) }
        }
        return clauses
    }

    private mutating func nothing(_ label: String, _ line: Int) -> [[String]]? {
        log.error(
            label, key: "expression", "a team is missing", hint: "each comma and each `AND` stands between two teams",
            line: line)
        return nil
    }

    private mutating func warnAboutMissing(_ team: String, _ consequence: String, _ label: String, _ line: Int) {
        log.warning(
            label, key: "expression",
            "`\(team)` is marked as not created yet, and \(consequence)",
            hint: "create the team; until then the policy is invalid where it is a bare name of no team", line: line)
    }
}
