/// Reads a home-made checklist gate's YAML.
struct ChecklistReader: FieldReading {
    var log: ImportLog
    var rule: String?

    init(log: ImportLog) { self.log = log }

    private static let topKeys = ["items", "n/a_gates", "high_risk_labels", "tier_failure_mode", "default_mode"]

    /// What it says; nil after an error.
    mutating func read(_ root: SourceNode) -> Checklist? {
        guard let top = known(root, "a checklist", Self.topKeys + ["version"]) else { return nil }
        var result = Checklist()
        guard let entry = top["items"], case .list(let items) = entry.value.content, !items.isEmpty else {
            log.error(
                key: "items", "a checklist without items asks for nothing",
                hint: "write `items` with at least one item",
                line: top["items"]?.line ?? root.line)
            return nil
        }
        result.items = items.compactMap { item($0) }
        rule = nil
        checkNames(result.items)
        if let entry = top["n/a_gates"] { result.waivables = waivables(entry) }
        rule = nil
        if let entry = top["high_risk_labels"] {
            result.highRiskLabels = labels(texts(entry), entry)
            result.highRiskLine = entry.line
        }
        modes(top, &result)
        return result
    }

    /// Entries by key; others are named and left out, because everybody's gate has its own.
    private mutating func known(_ node: SourceNode, _ what: String, _ keys: [String]) -> [String: SourceNode.Entry]? {
        guard case .entries(let entries) = node.content else {
            wrongKind(node, what, "keys and values")
            return nil
        }
        var result: [String: SourceNode.Entry] = [:]
        for entry in entries {
            if keys.contains(entry.key) {
                result[entry.key] = entry
            } else {
                log.warning(
                    rule, key: Writing.visible(entry.key, limit: 60),
                    "this key is not known, and what it asks for is not imported",
                    hint: "the keys are \(Writing.list(keys)); add by hand what it means", line: entry.line)
            }
        }
        return result
    }

    private mutating func item(_ node: SourceNode) -> Checklist.Item? {
        let keys = [
            "slug", "numeric_alias", "pr_section_marker", "required_teams", "required_teams_high_risk", "description",
        ]
        // The item's name goes with everything that is said of it.
        rule = nil
        if case .entries(let entries) = node.content, let slug = entries.first(where: { $0.key == "slug" }),
            case .text(let name, _) = slug.value.content
        {
            rule = name
        }
        guard let found = known(node, "items", keys) else { return nil }
        guard let slug = text(found["slug"]), !slug.isEmpty else {
            log.error(key: "slug", "an item has no `slug`", hint: "give it one", line: node.line)
            return nil
        }
        rule = slug
        let teams = self.teams(found["required_teams"])
        if teams.isEmpty {
            log.error(
                rule, key: "required_teams", "this item asks for nobody", hint: "name a team, or take the item away",
                line: found["required_teams"]?.line ?? node.line)
        }
        var marker = text(found["pr_section_marker"]).map { Writing.oneLine($0) }
        if let written = marker {
            let bare = written.drop { "#*-_ >".contains($0) }.trimmedEnd
            // Marks that end inside the words belong to them: lines are compared as they are written.
            let isMarkedInside = bare.contains("**") || bare.contains("__")
            marker = bare.isEmpty ? nil : isMarkedInside ? written.drop { "#- >".contains($0) }.trimmedEnd : bare
            if bare.isEmpty || bare.contains("<!--"), !written.isEmpty {
                log.warning(
                    rule, key: "pr_section_marker",
                    "\(Writing.inline(written)) is nothing that can be seen in a description, so nothing is asked there",
                    hint: "write the words that stand above the answer", line: found["pr_section_marker"]?.line)
                marker = nil
            }
        }
        let number = number(found["numeric_alias"], mayBeQuoted: true)
        if let number, number < 0 {
            log.error(
                rule, key: "numeric_alias", "a number from 0 on expected", hint: "for example `1`",
                line: found["numeric_alias"]?.line)
        }
        let highRisk = found["required_teams_high_risk"]
        if let highRisk, teamsAreEmpty(highRisk) {
            log.error(
                rule, key: highRisk.key, "this item would ask for nobody where the risk is high",
                hint: "name a team, or take the key away", line: highRisk.line)
        }
        return Checklist.Item(
            slug: slug, line: node.line, number: number, marker: marker,
            description: text(found["description"]).map { Writing.oneLine($0) }, teams: teams,
            highRiskTeams: self.teams(highRisk))
    }

    private func teamsAreEmpty(_ entry: SourceNode.Entry) -> Bool {
        switch entry.value.content {
        case .empty, .list([]): true
        default: false
        }
    }

    private mutating func checkNames(_ items: [Checklist.Item]) {
        var slugs = FirstLines<String>()
        var markers = FirstLines<String>()
        var numbers = FirstLines<Int>()
        for item in items {
            // As commands read it.
            let slug = NameTable.valid(item.slug).replacing("_", with: "-")
            if let first = slugs.note(slug, line: item.line) {
                log.error(
                    item.slug, key: "slug", "this slug stands twice, first on line \(first)",
                    hint: "give each item its own: signs, accents and capital letters make no difference",
                    line: item.line)
            }
            if let marker = item.marker, let first = markers.note(marker.lowercased(), line: item.line) {
                log.error(
                    item.slug, key: "pr_section_marker", "this marker stands twice, first on line \(first)",
                    hint: "an answer is for one item: mark each with words of its own", line: item.line)
            }
            if let number = item.number, let first = numbers.note(number, line: item.line) {
                log.error(
                    item.slug, key: "numeric_alias", "the number \(number) stands twice, first on line \(first)",
                    hint: "give each item its own", line: item.line)
            }
        }
    }

    private mutating func teams(_ entry: SourceNode.Entry?) -> [String] {
        guard let entry else { return [] }
        return texts(entry).compactMap { Teams.written($0, rule: rule, key: entry.key, line: entry.line, log: &log) }
    }

    private mutating func labels(_ names: [String], _ entry: SourceNode.Entry) -> [String] {
        for name in names where name.contains("*") {
            log.error(
                rule, key: entry.key, "in \(Writing.inline(name)) the `*` would stand for anything here",
                hint: "give the label a name without `*`", line: entry.line)
        }
        return writable(names, entry.key, line: entry.line)
    }

    private mutating func waivables(_ entry: SourceNode.Entry) -> [Checklist.Waivable] {
        guard case .entries(let entries) = entry.value.content else {
            if entry.value.content != .empty { wrongKind(entry.value, entry.key, "gates and their keys") }
            return []
        }
        return entries.compactMap { gate in
            rule = gate.key
            guard let found = known(gate.value, "n/a_gates", ["required_teams", "description"]) else { return nil }
            let teams = self.teams(found["required_teams"])
            if teams.isEmpty {
                log.error(
                    rule, key: "required_teams", "anybody could say that this gate is not needed",
                    hint: "name the teams who may", line: gate.line)
            }
            return .init(
                name: gate.key, line: gate.line, teams: teams,
                description: text(found["description"]).map { Writing.oneLine($0) })
        }
    }

    private mutating func modes(_ top: [String: SourceNode.Entry], _ result: inout Checklist) {
        if let entry = top["tier_failure_mode"], case .entries(let entries) = entry.value.content {
            result.modeLine = entry.line
            _ = labels(entries.map(\.key), entry)
            for label in entries {
                if isSoft(label) { result.softLabels.append(label.key) } else { result.hardLabels.append(label.key) }
            }
        } else if let entry = top["tier_failure_mode"], entry.value.content != .empty {
            wrongKind(entry.value, entry.key, "labels and `hard` or `soft`")
        }
        if let entry = top["default_mode"] {
            result.isSoftByDefault = isSoft(entry)
            result.modeLine = result.modeLine ?? entry.line
        }
    }

    private mutating func isSoft(_ entry: SourceNode.Entry) -> Bool {
        let word = text(entry) ?? ""
        if word != "hard", word != "soft" {
            log.error(
                nil, key: Writing.visible(entry.key, limit: 60), "\(Writing.inline(word)) is no mode",
                hint: "write `hard` or `soft`", line: entry.line)
        }
        return word == "soft"
    }
}

/// Teams of home-made gates.
enum Teams {
    /// The team as our language writes it: bare for one of the repository's organisation; nil after an error.
    static func written(_ team: String, rule: String?, key: String, line: Int, log: inout ImportLog) -> String? {
        let bare = team.hasPrefix("@") ? String(team.dropFirst()) : team
        let pieces = bare.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if pieces.count == 2, pieces.allSatisfy(NameTable.isName) { return "@\(bare)" }
        guard pieces.count == 1, NameTable.isName(bare), !bare.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            log.error(
                rule, key: key, "\(Writing.inline(team)) cannot be a team's name", hint: "write `team` or `org/team`",
                line: line)
            return nil
        }
        if NameTable.reserved.contains(bare) {
            log.error(
                rule, key: key, "`\(bare)` is a word of the language, so this team's organisation must be named",
                hint: "write `org/\(bare)`", line: line)
            return nil
        }
        if bare != team {
            log.warning(
                rule, key: key, "\(Writing.inline(team)) is the team `\(bare)` here, and no account",
                hint: "if the account is meant, write `'\(team)'` into the policy", line: line)
        }
        return bare
    }
}

extension Substring {
    /// Without blanks and marks of emphasis at its end.
    fileprivate var trimmedEnd: String {
        var result = self
        while let last = result.last, "*_ :".contains(last) { result.removeLast() }
        return String(result)
    }
}
