extension DocumentReader {
    /// `approvals:` of the file, of a gate or of a part.
    /// - Parameter when: what the gate is for; nil for the file's.
    mutating func approvalRules(
        _ node: DocumentNode, defaults: ApprovalRules, when: Condition?? = nil
    ) -> ApprovalRules? {
        guard
            let keys = entries(
                of: node, what: "`approvals`",
                known: ["stale", "author", "committers", "reviews", "comments", "ignore_commits_by"])
        else { return nil }
        var rules = defaults
        if let entry = keys["stale"] {
            let words = ApprovalRules.Staleness.allCases.map(\.rawValue)
            let meanings = [
                "every push ends it", "it ends when the change is another one",
                "it ends when the files that the gate is for are others", "no push ends it",
            ]
            if let word = choice(entry.value, of: "stale", words, meanings: meanings),
                let stale = ApprovalRules.Staleness(rawValue: word)
            {
                rules.stale = stale
                rules.scope = stale == .sameFiles ? scope(of: when, entry.value.span) : nil
                if stale == .keep {
                    warning(
                        entry.value.span, "`stale: keep` lets an approval stand for code that its author never saw",
                        hint: "`same-diff` keeps it only while the change is the same")
                }
            }
        }
        if let entry = keys["author"], let flag = flag(entry.value, of: "author") { rules.author = flag }
        if let entry = keys["committers"],
            let word = choice(entry.value, of: "committers", ["true", "false", "strict"])
        {
            rules.committers = word == "true"
            rules.committerRule.isStrict = word == "strict"
        }
        if let entry = keys["ignore_commits_by"] { rules.committerRule.ignoring = ignoredCommitters(entry.value) }
        let (reviews, comments) = (
            keys["reviews"].map { reviewRule($0.value, gives: true) },
            keys["comments"].map { commentRule($0.value, gives: true) }
        )
        if case .some(nil) = reviews { return rules }
        if case .some(nil) = comments { return rules }
        if case .some(.some(let rule)) = reviews { rules.reviews = rule }
        if case .some(.some(let patterns)) = comments { rules.comments = patterns }
        if rules.reviews == .none, rules.comments == nil {
            rules.reviews = .all
            error(
                keys["reviews"]?.key.span ?? keys["comments"]?.key.span ?? node.span,
                "where neither reviews nor comments approve nobody could sign",
                hint: "say which comments do, as in `approvals: { reviews: false, comments: [\"*LGTM*\"] }`")
        }
        return rules
    }

    /// The paths that `stale: same-files` compares: those of the gate's only condition.
    private mutating func scope(of when: Condition??, _ span: SourceSpan) -> PathScope? {
        if case .test(let test)?? = when, let paths = test as? ChangedPaths, !paths.only {
            return PathScope(paths.patterns)
        }
        // A `when` with a mistake of its own has been told.
        if case .some(.none) = when { return nil }
        error(
            span, "`stale: same-files` is for a gate whose `when` is one `changes(…)`",
            hint: "write it in such a gate's own `approvals`, or write `same-diff`")
        return nil
    }

    /// `ignore_commits_by:`: people, or a list of them.
    private mutating func ignoredCommitters(_ node: DocumentNode) -> People? {
        guard case .list(let items) = node.content else { return ignoredSet(node) }
        let sets = items.compactMap { ignoredSet($0) }
        return sets.count > 1 ? .union(sets) : sets.first
    }

    private mutating func ignoredSet(_ node: DocumentNode) -> People? {
        guard let people = people(node, of: "ignore_commits_by", open: false) else { return nil }
        let hint = "name accounts that push nobody else's commits, as in `ignore_commits_by: [release-bots]`"
        if let set = people.pullRequestsOwn {
            error(
                node.span, "whatever `\(set)` pushed would leave every signature standing, and exclude nobody",
                hint: hint)
            return nil
        }
        if let set = people.openEnded {
            warning(
                node.span, "signatures stand over whatever any of `\(set)` pushes, and who that is changes elsewhere",
                hint: hint)
        }
        return people
    }
}

extension People {
    /// The set of those who made the pull request itself that it holds by its wording; what is taken out does not count.
    fileprivate var pullRequestsOwn: String? {
        switch self {
        case .author, .committers: description
        case .group(_, let people): people.pullRequestsOwn
        case .union(let parts), .intersection(let parts): parts.lazy.compactMap(\.pullRequestsOwn).first
        case .difference(let left, _): left.pullRequestsOwn
        case .user, .team, .organizationTeam, .anyone, .organizationMembers, .readers, .writers, .admins, .codeOwners,
            .nobody:
            nil
        }
    }

    /// The set of whoever has some right or office that it holds whole.
    fileprivate var openEnded: String? {
        switch self {
        case .anyone, .organizationMembers, .readers, .writers, .admins, .codeOwners: description
        case .group(_, let people): people.openEnded
        case .union(let parts): parts.lazy.compactMap(\.openEnded).first
        case .intersection(let parts):
            parts.allSatisfy { $0.openEnded != nil } ? parts.lazy.compactMap(\.openEnded).first : nil
        case .difference(let left, _): left.openEnded
        case .user, .team, .organizationTeam, .author, .committers, .nobody: nil
        }
    }
}
