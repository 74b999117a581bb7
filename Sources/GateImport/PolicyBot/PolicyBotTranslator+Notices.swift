extension PolicyBotTranslator {
    /// Says what predicates mean differently where they are.
    mutating func explain(_ uses: [PredicateUse], _ direction: Direction, rule: String?) {
        for use in uses {
            let clause = predicates.clause(use.predicate, direction, rule: rule ?? "disapproval")
            if case .constant(false) = clause, use.predicate.hasValues {
                log.warning(
                    rule, key: use.key,
                    "none of its values can be found here, so this is never satisfied; in policy-bot it may be",
                    hint: "write the values that mean the same here", line: use.line)
                continue
            }
            if case .constant(let value) = clause {
                log.note(
                    rule, key: use.key,
                    "without values this is \(value ? "always" : "never") satisfied, as in policy-bot",
                    hint: "give it values, or take it away", line: use.line)
                continue
            }
            explain(use, direction, rule)
        }
    }

    private mutating func explain(_ use: PredicateUse, _ direction: Direction, _ rule: String?) {
        switch use.predicate {
        case .hasLabels:
            if direction == .helps {
                log.warning(
                    rule, key: use.key,
                    "a label softens the gate here, so only one put on by `labellers`, no opener or committer, counts",
                    hint: "put who may label into the group `labellers`; it holds all writers now", line: use.line)
            } else {
                log.note(
                    rule, key: use.key, "whoever takes the label off switches this off, as in policy-bot",
                    hint: "write `label(\"…\" by leads)` to say whose label counts", line: use.line)
            }
        case .hasStatus where direction == .helps:
            log.warning(
                rule, key: use.key,
                "a status softens the gate here, so only one by `status-posters`, no opener, committer or Actions, counts",
                hint: "put the account of your CI into the group `status-posters`, or write `from actions`",
                line: use.line)
        case .hasStatus:
            log.warning(
                rule, key: use.key,
                rule == nil
                    ? "where no status has this name nothing disapproves"
                    : "where no status has this name the rule is skipped",
                hint: "see what your CI calls it here: jobs of Actions are `workflow / job (event)`", line: use.line)
        case .hasAuthorIn(let actors), .hasContributorIn(let actors), .onlyHasContributorsIn(let actors):
            mention(actors)
            if actors.members.contains(where: { $0.contains("/") }) { mentions.insert(.teamsInConditions) }
            if case .hasAuthorIn = use.predicate { return }
            noteContributors(use, rule, skips: use.key == "only_has_contributors_in")
        case .authorIsOnlyContributor(let wanted):
            noteContributors(use, rule, skips: wanted)
        case .modifiedLines where direction == .helps:
            log.note(
                rule, key: use.key, "where a binary file changed the size is unknown here, and policy-bot counted 0",
                hint: "this is stricter", line: use.line)
        case .title where direction == .helps, .fromBranch where direction == .helps:
            log.warning(
                rule, key: use.key,
                "the opener chooses this text, and here it lets the pull request pass, as in policy-bot",
                hint: "ask for something that the opener does not choose", line: use.line)
        case .hasValidSignaturesBy(let actors):
            mention(actors)
            if actors.members.contains(where: { $0.contains("/") }) { mentions.insert(.teamsInConditions) }
        case .changedFiles(let paths, let ignore), .noChangedFiles(let paths, let ignore):
            if GuardedFile.isMeant(by: paths, ignore) { warnAboutPolicyFile(use, rule) }
        case .onlyChangedFiles(let paths):
            if GuardedFile.isMeant(by: paths, []) { warnAboutPolicyFile(use, rule) }
        default: break
        }
    }

    /// - Parameter skips: whether a commit that only names somebody else makes policy-bot skip the rule.
    private mutating func noteContributors(_ use: PredicateUse, _ rule: String?, skips: Bool) {
        let more = skips ? ", and a commit that only names somebody else skips no rule" : ""
        log.note(
            rule, key: use.key, "who pushed a commit counts here beside its author and committer\(more)",
            hint: "where that cannot be known the stricter answer is taken", line: use.line)
    }

    private mutating func warnAboutPolicyFile(_ use: PredicateUse, _ rule: String?) {
        let ours =
            use.predicate.namesOurFile
            ? "a change of that counts, too, where this asks for more" : "a change of that does not count"
        log.warning(
            rule, key: use.key, "policy-bot's own file is meant, and the policy here is `.countersign.yml`: \(ours)",
            hint: "write who may change the policy in `policy: { require: … }`", line: use.line)
    }

    mutating func mention(_ actors: Actors) {
        if actors.members.contains(where: { $0.hasPrefix("@") && $0.contains("/") }) { mentions.insert(.teams) }
        if actors.members.contains(where: { $0.hasPrefix("@") && !$0.contains("/") }) { mentions.insert(.logins) }
    }

    /// Groups, defaults, `block` and the comment at the top.
    mutating func finish(_ draft: inout PolicyDraft, file: String) {
        let written = Set((draft.gates + draft.parts).map(\.name))
        for (index, facts) in factsByRule where written.contains(names[index]) { mentions.formUnion(facts.mentions) }
        let text = (draft.gates + draft.parts).flatMap { [$0.when.text, $0.require?.text ?? ""] }.joined(
            separator: "\n")
        if text.contains(" by labellers)") {
            draft.groups.append(("labellers", "writers", "whose labels count where a label softens a gate"))
        }
        if text.contains(" from status-posters)") {
            draft.groups.append(("status-posters", "writers", "whose statuses count: name the account of your CI"))
        }
        for group in predicates.groups.groups { draft.groups.append((group.name, group.people, nil)) }
        gatherDefaults(&draft)
        block(&draft)
        draft.header = header(file)
        fileNotices()
    }

    /// What all rules say becomes the file's default, the rest stays with its rule: what only some say must not hold
    /// for gates that are added later.
    private func gatherDefaults(_ draft: inout PolicyDraft) {
        // What the language takes for granted is not written.
        let standard = ["author": "false", "committers": "false", "reviews": "true", "comments": "[]"]
        let all = (draft.gates + draft.parts).map(\.approvals).filter { !$0.isEmpty }
        let common = (all.first ?? []).filter { item in
            item.key != "ignore_commits_by" && all.allSatisfy { $0.contains { $0 == item } }
        }
        func isStandard(_ item: (key: String, value: String)) -> Bool { item.value == standard[item.key] }
        draft.approvals = common.filter { !isStandard($0) }
        func kept(_ entry: PolicyDraft.Entry) -> PolicyDraft.Entry {
            var entry = entry
            entry.approvals.removeAll { item in isStandard(item) || common.contains { $0 == item } }
            return entry
        }
        draft.gates = draft.gates.map(kept)
        draft.parts = draft.parts.map(kept)
    }

    private func header(_ file: String) -> [String] {
        var lines = ["Imported from \(Writing.oneLine(file, limit: 100)) by `countersign import policy-bot`."]
        lines.append("Logins, teams, labels, statuses and repositories must have the same names here.")
        lines.append("Here this means something else, on purpose:")
        if mentions.contains(.pushTimes) {
            let place = mentions.contains(.kept) ? "where a gate says `stale: exact-head` " : ""
            lines.append("- \(place)an approval is for a commit, and ends with it; policy-bot compared times of pushes")
        }
        if mentions.contains(.kept) {
            let place = mentions.contains(.pushTimes) ? "where a gate says `stale: keep` " : ""
            lines.append("- \(place)approvals outlive every push, as in policy-bot: `stale: same-diff` would be safer")
        }
        lines.append("- a change of the base branch ends approvals, unless the change against it is the same")
        lines.append("- who approves and then asks for changes has not approved")
        if mentions.contains(.disapprovals) {
            lines.append("- a disapproval ends with its author's later approval, even where that was dismissed since")
        }
        if mentions.contains(.committers) {
            lines.append("- all commits and whoever pushed them count, not only first parents")
        }
        if mentions.contains(.updateMerges) {
            lines.append("- who only merges the base branch into the head is no committer and may approve")
        }
        if mentions.contains(.comments) {
            lines.append(
                "- comments that were edited approve nothing, nor do quotes, code and reviews that only comment")
        }
        if mentions.contains(.logins) { lines.append("- logins are compared without regard to case") }
        if mentions.contains(.teams) { lines.append("- a team is its own members: there are no child teams") }
        lines.append("- what cannot be known is undecided, and never hidden inside an `or`")
        return lines
    }

    private mutating func fileNotices() {
        if mentions.contains(.kept) {
            log.note(
                key: "invalidate_on_push", "approvals outlive every push (`stale: keep`), as in policy-bot",
                hint: "`stale: same-diff` keeps them only while the change is the same", line: nil)
        }
        if mentions.contains(.updateMerges) {
            log.warning(
                key: "ignore_update_merges",
                "who only merges the base branch into the head may approve here; in policy-bot only with this option",
                hint: "such a merge must not change what the pull request does", line: nil)
        }
        if mentions.contains(.defaultComments) {
            log.note(
                key: "methods",
                "policy-bot's default comments `:+1:` and `👍` approve here, too",
                hint: "take `comments` out of `approvals` where nobody means them", line: nil)
        }
        if mentions.contains(.teamsInConditions) {
            log.warning(
                key: "teams", "conditions ask for teams, and those of child teams are not in them here",
                hint: "add them to the team, or a rule may be skipped for them", line: nil)
        } else if mentions.contains(.teams) {
            log.note(
                key: "teams", "a team here is its own members: those of child teams do not count",
                hint: "add them to the team", line: nil)
        }
    }
}
