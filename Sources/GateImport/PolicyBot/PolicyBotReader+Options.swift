extension PolicyBotReader {
    private static let optionKeys = [
        "allow_author", "allow_contributor", "allow_non_author_contributor", "invalidate_on_push",
        "ignore_edited_comments", "ignore_update_merges", "ignore_commits_by", "request_review", "methods",
    ]
    private static let methodKeys = [
        "comments", "comment_patterns", "github_review", "github_review_comment_patterns", "body_patterns",
    ]

    /// `options` of a rule.
    mutating func options(_ entry: SourceNode.Entry) -> RuleOptions {
        var result = RuleOptions()
        guard let keys = fields(entry.value, of: "options", known: Self.optionKeys) else { return result }
        result.allowsAuthor = flag(keys["allow_author"]) ?? false
        result.allowsContributor = flag(keys["allow_contributor"]) ?? false
        result.allowsNonAuthorContributor = flag(keys["allow_non_author_contributor"]) ?? false
        result.invalidatesOnPush = flag(keys["invalidate_on_push"]) ?? false
        result.ignoresUpdateMerges = flag(keys["ignore_update_merges"]) ?? false
        if let edited = keys["ignore_edited_comments"], flag(edited) == true {
            log.warning(
                rule, key: edited.key, "edited comments never count here, but an edited review still does",
                hint: "an approving review here is its state and its commit; its text decides nothing",
                line: edited.line)
        }
        if let by = keys["ignore_commits_by"] { result.ignoresCommitsBy = actors(by) }
        if result.ignoresUpdateMerges, result.invalidatesOnPush {
            log.note(
                rule, key: "ignore_update_merges", "with `stale: exact-head` an update merge ends approvals, too",
                hint: "write `stale: same-diff`, which keeps them while the change is the same",
                line: keys["ignore_update_merges"]?.line ?? entry.line)
        }
        if let request = keys["request_review"] { reviewRequests(request) }
        if let methods = keys["methods"] { self.methods(methods, &result) }
        return result
    }

    private mutating func reviewRequests(_ entry: SourceNode.Entry) {
        guard let keys = fields(entry.value, of: entry.key, known: ["enabled", "mode", "count"]) else { return }
        guard flag(keys["enabled"]) == true else { return }
        log.warning(
            rule, key: "request_review", "nobody is asked for a review: requesting reviews is no part of a policy here",
            hint: "name reviewers in a CODEOWNERS file, and the forge asks them", line: entry.line)
    }

    private mutating func methods(_ entry: SourceNode.Entry, _ result: inout RuleOptions) {
        guard let keys = fields(entry.value, of: "methods", known: Self.methodKeys) else { return }
        let wanted = flag(keys["github_review"]) ?? true
        result.reviewPatterns = patterns(keys["github_review_comment_patterns"]).map { "re:\(Pattern.whole($0))" }
        // Patterns make reviews count even where they are switched off.
        result.reviews = wanted || !result.reviewPatterns.isEmpty
        let expressions = patterns(keys["comment_patterns"]).map { "re:\(Pattern.whole($0))" }
        if let comments = keys["comments"] {
            let texts = writable(self.texts(comments), "comments", line: comments.line)
            result.comments = texts.map(Pattern.containing) + expressions
        } else if !result.reviews {
            // Without reviews policy-bot's default comments are the only way.
            result.comments = [":+1:", "👍"].map(Pattern.containing) + expressions
        } else if !expressions.isEmpty {
            result.comments = expressions
        }
        if let body = keys["body_patterns"], !texts(body).isEmpty {
            result.hasBodyPatterns = true
            log.warning(
                rule, key: "body_patterns", "a text in the description is no approval here, so this way is left out",
                hint: "let the opener sign with `approvals: { author: true }`, if that is meant", line: body.line)
        }
    }

    // MARK: policy.disapproval

    /// `policy.disapproval`.
    mutating func disapproval(_ entry: SourceNode.Entry) -> Disapproval? {
        if case .empty = entry.value.content { return nil }
        guard let keys = fields(entry.value, of: "policy.disapproval", known: ["if", "options", "requires"]) else {
            return nil
        }
        var result = Disapproval(line: entry.line)
        if let conditions = keys["if"] { result.conditions = predicates(conditions) }
        if let requires = keys["requires"] {
            result.actors = actors(requires)
            if result.actors.isOpen {
                log.error(
                    key: "policy.disapproval", "everybody who may read the repository cannot block here",
                    hint: "name people, teams or `write`", line: requires.line)
            }
        }
        if result.actors.isGiven {
            disapprovalMethods(keys["options"], line: entry.line)
        } else if let options = keys["options"] {
            log.note(
                key: "policy.disapproval", "without people in `requires` its `options` mean nothing, as in policy-bot",
                hint: "name who may disapprove", line: options.line)
        }
        return result
    }

    private mutating func disapprovalMethods(_ options: SourceNode.Entry?, line: Int) {
        let keys = options.flatMap { fields($0.value, of: "options", known: ["methods"]) } ?? [:]
        let methods =
            keys["methods"].flatMap { fields($0.value, of: "methods", known: ["disapprove", "revoke"]) } ?? [:]
        let disapprove = methods["disapprove"].flatMap { fields($0.value, of: "disapprove", known: Self.methodKeys) }
        let place = methods["disapprove"]?.line ?? line
        let comments = disapprove.map { texts($0["comments"]) } ?? [":-1:", "👎"]
        let expressions = disapprove.map { patterns($0["comment_patterns"]) + patterns($0["body_patterns"]) } ?? []
        if !(comments + expressions).isEmpty {
            log.warning(
                key: "policy.disapproval",
                "comments such as \(Writing.inline((comments + expressions)[0])) do not block: a request for changes does",
                hint: "tell them to request changes in a review", line: place)
        }
        if let disapprove {
            let patterns = self.patterns(disapprove["github_review_comment_patterns"])
            if flag(disapprove["github_review"]) != true || !patterns.isEmpty {
                log.note(
                    key: "policy.disapproval", "every request for changes by them blocks here, whatever its text",
                    hint: "this is stricter", line: place)
            }
        }
        let revoke = methods["revoke"].flatMap { fields($0.value, of: "revoke", known: Self.methodKeys) }
        if let revoke {
            // Read for its mistakes: an approval or a dismissal is what ends a request for changes here.
            _ = (texts(revoke["comments"]), patterns(revoke["comment_patterns"]), flag(revoke["github_review"]))
        }
        log.note(
            key: "policy.disapproval",
            "a request for changes ends by its own author's approval or by its dismissal, not by another person's word",
            hint: "this is stricter; dismiss the review of somebody who is away", line: methods["revoke"]?.line ?? line)
    }
}

/// Patterns as our language writes them.
enum Pattern {
    /// An expression that is not empty: an empty one matches everything.
    static func whole(_ expression: String) -> String { expression.isEmpty ? "^" : expression }

    /// What contains a text.
    static func containing(_ text: String) -> String {
        var result = "*"
        for scalar in text.unicodeScalars {
            if "*?[]{}\\!".unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "*"
    }
}
