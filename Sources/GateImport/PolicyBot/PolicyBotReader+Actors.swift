extension PolicyBotReader {
    static let actorKeys = ["users", "teams", "organizations", "permissions", "admins", "write_collaborators"]

    /// The people of a map that holds nothing else.
    mutating func actors(_ entry: SourceNode.Entry, _ effect: Actors.Effect) -> Actors {
        fields(entry.value, of: entry.key, known: Self.actorKeys).map { actors($0, effect) } ?? Actors()
    }

    /// The people that some keys name.
    mutating func actors(_ keys: [String: SourceNode.Entry], _ effect: Actors.Effect) -> Actors {
        var result = Actors()
        if let entry = keys["users"] { users(entry, &result) }
        if let entry = keys["teams"] { teams(entry, &result) }
        if let entry = keys["organizations"] { organizations(entry, &result) }
        // Two keys that are levels, too.
        let others = [("admins", "admin"), ("write_collaborators", "write")].filter { flag(keys[$0.0]) == true }.map(
            \.1)
        if let entry = keys["permissions"] { permissions(entry, besides: others, effect, &result) }
        for level in others {
            result.isGiven = true
            result.add(level == "admin" ? "admins" : "writers")
        }
        return result
    }

    private mutating func users(_ entry: SourceNode.Entry, _ result: inout Actors) {
        for user in texts(entry) {
            result.isGiven = true
            if user.hasSuffix("[bot]") {
                result.apps.append(user)
                log.warning(
                    rule, key: "users",
                    "\(Writing.inline(user)) is an app of GitHub, and no account here can have that name",
                    hint: "write the login of the bot's account here", line: entry.line)
            } else if NameTable.isName(user) {
                result.add("@\(user)")
            } else {
                refuse(
                    "users", "\(Writing.inline(user)) cannot be a login", hint: "correct or remove it",
                    line: entry.line)
            }
        }
    }

    private mutating func teams(_ entry: SourceNode.Entry, _ result: inout Actors) {
        for team in texts(entry) {
            result.isGiven = true
            let pieces = team.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            if pieces.count == 2, pieces.allSatisfy(NameTable.isName) {
                result.add("@\(team)")
            } else {
                refuse(
                    "teams", "\(Writing.inline(team)) is no team", hint: "write `org/team`",
                    line: entry.line)
            }
        }
    }

    private mutating func organizations(_ entry: SourceNode.Entry, _ result: inout Actors) {
        for organization in texts(entry) {
            result.isGiven = true
            guard NameTable.isName(organization) else {
                refuse(
                    "organizations",
                    "\(Writing.inline(organization)) cannot be an organisation, so nobody is a member of it",
                    hint: organization.contains("/")
                        ? "this is a team: write it under `teams`" : "correct or remove it", line: entry.line)
                continue
            }
            organizations.append((organization, rule, entry.line))
            log.warning(
                rule, key: "organizations",
                "\(Writing.inline(organization)) becomes `org_members`: those of the repository's organisation",
                hint: "right only if that is \(Writing.inline(organization)); else make a team of its members",
                line: entry.line)
            result.add("org_members")
        }
    }

    private mutating func permissions(
        _ entry: SourceNode.Entry, besides others: [String], _ effect: Actors.Effect, _ result: inout Actors
    ) {
        // Each level holds those above it, so the lowest decides.
        let order = ["none", "read", "triage", "write", "maintain", "admin"]
        var lowest: Int?
        for level in texts(entry) {
            result.isGiven = true
            guard let index = order.firstIndex(of: level.lowercased()) else {
                log.error(
                    rule, key: "permissions", "\(Writing.inline(level)) is no permission",
                    hint: "the permissions are `admin`, `write` and `read`", line: entry.line)
                continue
            }
            lowest = min(lowest ?? index, index)
        }
        guard var lowest else { return }
        // Who may maintain may write, too.
        if order[lowest] == "maintain", others.contains("write") { lowest -= 1 }
        switch order[lowest] {
        case "admin": result.add("admins")
        case "write": result.add("writers")
        case "read", "none":
            result.isOpen = true
            // Whoever has no permission at all is nobody there, so `none` is `read`.
            result.add("readers")
            log.warning(
                rule, key: "permissions",
                "`\(order[lowest])` lets everybody who sees the repository count, so the policy says `open: true`",
                hint: "name people or teams instead: of a private repository only those are known to see it who may "
                    + "write its code", line: entry.line)
        case "maintain" where effect == .softens && (texts(entry) + others).contains { $0.lowercased() == "admin" }:
            result.add("admins")
            log.warning(
                rule, key: "permissions", "there is no level `maintain` here: it is GitHub's only, and is left out",
                hint: "this is stricter: name a team of those who have it beside `admin`", line: entry.line)
        default:
            refuse(
                "permissions", "there is no level `\(order[lowest])` here: it is GitHub's only",
                hint: Self.cure(isMaintain: order[lowest] == "maintain", effect), line: entry.line)
        }
    }

    /// What to write in place of a level that only GitHub has.
    private static func cure(isMaintain: Bool, _ effect: Actors.Effect) -> String {
        switch (effect, isMaintain) {
        case (.softens, true): "write `admin`, which is stricter, or a team"
        case (.softens, false): "write `write`, which is stricter, or a team"
        case (.hardens, true): "write `write`, which more people have and is stricter here, or a team"
        case (.hardens, false), (.either, _): "name a team of those who have it; a higher level may be weaker here"
        }
    }
}
