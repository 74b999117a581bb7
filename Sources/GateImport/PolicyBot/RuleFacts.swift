/// What a rule of policy-bot is in our language.
struct RuleFacts {
    /// `if` where it asks for more.
    var hinders: Clause
    /// `if` where it can only turn a gate green.
    var helps: Clause
    /// `requires`.
    var requirement: Clause
    var approvals: [(key: String, value: String)]
    /// What is worth a line at the top if the rule is written.
    var mentions: Set<PolicyBotTranslator.Mention> = []

    /// Whether nobody is asked for.
    var asksNobody: Bool { requirement == .constant(true) }
}

extension PolicyBotTranslator {
    /// A rule's facts, found once.
    mutating func facts(_ index: Int) -> RuleFacts {
        if let known = factsByRule[index] { return known }
        let rule = document.rules[index]
        let name = names[index]
        let outer = mentions
        mentions = []
        defer { mentions = outer }
        var facts = RuleFacts(
            hinders: predicates.all(rule.conditions, .hinders, rule: name),
            helps: predicates.all(rule.conditions, .helps, rule: name),
            requirement: requirement(rule, name), approvals: [])
        if rule.count > 0 { facts.approvals = Self.approvals(rule.options) }
        facts.mentions = mentions
        factsByRule[index] = facts
        return facts
    }

    private mutating func requirement(_ rule: ApprovalRule, _ name: String) -> Clause {
        var parts: [Clause] = []
        if rule.count > 0 { parts.append(quota(rule, name)) }
        let conditions = predicates.all(rule.requirements, .helps, rule: name)
        explain(rule.requirements, .helps, rule: rule.name)
        if conditions == .constant(false) {
            log.warning(
                rule.name, key: "conditions", "a condition here can never hold, so the rule can never be approved",
                hint: "give it values, or take it away", line: rule.requirements.first?.line)
            parts.append(.never("a condition of the rule \(name) can never hold"))
        } else {
            parts.append(conditions)
        }
        let whole = Clause.every(parts)
        if whole == .constant(true) {
            log.warning(
                rule.name, key: "count", "this rule asks for nobody: wherever it applies it counts as approved",
                hint: "raise `count` if somebody should look", line: rule.countLine > 0 ? rule.countLine : rule.line)
        }
        return whole
    }

    private mutating func quota(_ rule: ApprovalRule, _ name: String) -> Clause {
        let options = rule.options
        let methods = options.methods
        if !methods.isOpen, methods.bodyPatterns.isEmpty || rule.count > 1 {
            return impossible(rule, "methods", "no way to approve is left", "the rule \(name) leaves no way to approve")
        }
        let members = rule.actors.members
        if members.isEmpty {
            return impossible(
                rule, "requires",
                rule.actors.isGiven
                    ? "nobody of those named can exist here" : "a count without people can never be reached",
                "the rule \(name) names nobody who could approve")
        }
        if members.allSatisfy({ $0.hasPrefix("@") && !$0.contains("/") }), members.count < rule.count {
            return impossible(
                rule, "count", "\(rule.count) people are asked for and only \(members.count) named",
                "the rule \(name) asks for \(rule.count) of \(members.count) people")
        }
        if members.contains(where: { $0.hasPrefix("@") && $0.contains("/") }) { mentions.insert(.teams) }
        if members.contains(where: { $0.hasPrefix("@") && !$0.contains("/") }) { mentions.insert(.logins) }
        mentionOptions(options)
        let set = predicates.operand(rule.actors, rule: name)
        // The opener may sign, other committers may not: `committers` alone cannot say so.
        let onlyOpener =
            options.allowsAuthor && !options.allowsContributor && !options.allowsNonAuthorContributor
        let people = onlyOpener ? "(\(set) - (committers - author))" : set
        func quota(_ count: Int, _ people: String) -> Clause {
            .test(count == 1 && !people.hasPrefix("(") ? people : "\(count) of \(people)")
        }
        if methods.bodyPatterns.isEmpty { return quota(rule.count, people) }
        // What the description says is the opener's word: one signature of those asked for, tied to no commit.
        var written = [Clause.test(methods.body), .test("author(\(predicates.set(rule.actors, rule: name)))")]
        if rule.count > 1 {
            let others = onlyOpener ? "(committers | author)" : "author"
            written.append(quota(rule.count - 1, "(\(set) - \(others))"))
        }
        return methods.isOpen ? .some([quota(rule.count, people), .every(written)]) : .every(written)
    }

    private mutating func impossible(_ rule: ApprovalRule, _ key: String, _ message: String, _ reason: String) -> Clause
    {
        log.warning(
            rule.name, key: key, "\(message), so the rule can never be approved",
            hint: "mend it, or take the rule away", line: rule.countLine > 0 ? rule.countLine : rule.line)
        return .never(reason)
    }

    private mutating func mentionOptions(_ options: RuleOptions) {
        mentions.insert(options.invalidatesOnPush ? .pushTimes : .kept)
        if !options.allowsContributor, !options.allowsNonAuthorContributor || !options.allowsAuthor {
            mentions.insert(.committers)
            if !options.ignoresUpdateMerges { mentions.insert(.updateMerges) }
        }
        if !options.methods.isGiven { mentions.insert(.defaultComments) }
        if !options.methods.comments.isEmpty { mentions.insert(.comments) }
    }

    private static func approvals(_ options: RuleOptions) -> [(key: String, value: String)] {
        var result = [("stale", options.invalidatesOnPush ? "exact-head" : "keep")]
        let author = options.allowsAuthor || options.allowsContributor
        let committers = author || options.allowsNonAuthorContributor
        result.append(("author", author ? "true" : "false"))
        result.append(("committers", committers ? "true" : "false"))
        // Where only the description approves nobody signs, and the language wants some way to.
        result.append(("reviews", options.methods.isOpen ? options.methods.reviewValue : "true"))
        result.append(("comments", Methods.list(options.methods.comments)))
        if let by = options.ignoresCommitsBy, !by.members.isEmpty {
            result.append(("ignore_commits_by", Methods.list(by.members)))
        }
        return result.map { (key: $0.0, value: $0.1) }
    }

    /// Whether nothing in it asks for anybody.
    mutating func asksNobody(_ node: ApprovalNode) -> Bool {
        switch node {
        case .rule(let index): facts(index).asksNobody
        case .or(let nodes), .and(let nodes): nodes.allSatisfy { asksNobody($0) }
        }
    }

    /// Whether some rule in it is left out where it says that it applies.
    mutating func leavesOut(_ node: ApprovalNode) -> Bool {
        switch node {
        case .rule(let index): facts(index).asksNobody
        case .or(let nodes), .and(let nodes): nodes.contains { leavesOut($0) }
        }
    }

    /// Says that a rule is left out, and no more of it.
    mutating func leaveOut(_ rule: ApprovalRule) {
        let apps = rule.conditions.flatMap(\.predicate.apps)
        log.forget(rule.name)
        log.warning(
            rule.name, key: "if",
            apps.isEmpty
                ? "a condition of this rule can never hold, so the rule is left out"
                : "no account here can be \(Writing.list(apps, "or")), so this rule never applies and is left out",
            hint: apps.isEmpty
                ? "give it values, or take the rule away" : "write the bot's login into `.policy.yml` and import again",
            line: rule.conditions.first?.line)
    }
}
