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
        guard let keys = fields(entry.value, of: entry.key, known: Self.optionKeys) else { return result }
        result.allowsAuthor = flag(keys["allow_author"]) ?? false
        result.allowsContributor = flag(keys["allow_contributor"]) ?? false
        result.allowsNonAuthorContributor = flag(keys["allow_non_author_contributor"]) ?? false
        result.invalidatesOnPush = flag(keys["invalidate_on_push"]) ?? false
        result.ignoresUpdateMerges = flag(keys["ignore_update_merges"]) ?? false
        if let edited = keys["ignore_edited_comments"], flag(edited) == true {
            result.ignoresEditedComments = true
            log.warning(
                rule, key: edited.key,
                "edited comments never count here, but an edited review still does, and an older approval does "
                    + "when a newer one was edited",
                hint: "dismiss the review of somebody who did not mean it", line: edited.line)
        }
        if let by = keys["ignore_commits_by"] {
            let people = actors(by, .softens)
            if people.isOpen {
                refuse(
                    by.key, "commits of everybody who may read the repository cannot be ignored here",
                    hint: "name people, teams or `write`", line: by.line)
            }
            result.ignoresCommitsBy = people
        }
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
        log.note(
            rule, key: "request_review", "nobody is asked for a review: requesting reviews is no part of a policy here",
            hint: "name reviewers in a CODEOWNERS file, and the forge asks them", line: entry.line)
    }

    private mutating func methods(_ entry: SourceNode.Entry, _ result: inout RuleOptions) {
        guard entry.value.content != .empty,
            let found = methods(entry, comments: Methods.approvingComments, reviews: true)
        else { return }
        result.methods = found
        guard !found.bodyPatterns.isEmpty else { return }
        if !result.allowsAuthor, !result.allowsContributor {
            log.note(
                rule, key: "body_patterns",
                "the opener may not approve by this rule, so the description does not either",
                hint: "the same as in policy-bot", line: entry.line)
            result.methods.bodyPatterns = []
        } else if result.invalidatesOnPush || result.ignoresEditedComments {
            log.warning(
                rule, key: "body_patterns",
                "when the description was written cannot be told here, so with "
                    + "`\(result.invalidatesOnPush ? "invalidate_on_push" : "ignore_edited_comments")` it approves nothing",
                hint: "this is stricter: the opener approves by a comment", line: entry.line)
            result.methods.bodyPatterns = []
        } else {
            log.warning(
                rule, key: "body_patterns",
                "the description approves for its opener whoever wrote it and whatever is pushed, as in policy-bot",
                hint: "a writer of the repository can edit it: ask for a comment instead", line: entry.line)
        }
    }

    /// What a map of methods says.
    /// - Parameter comments: what its comments are where it says nothing of them.
    private mutating func methods(_ entry: SourceNode.Entry, comments defaults: [String], reviews: Bool) -> Methods? {
        guard let keys = fields(entry.value, of: entry.key, known: Self.methodKeys) else { return nil }
        let wanted = flag(keys["github_review"]) ?? reviews
        var result = Methods(comments: [])
        result.reviewPatterns = patterns(keys["github_review_comment_patterns"]).map { "re:\(Pattern.whole($0))" }
        // Patterns make reviews count even where they are switched off.
        result.reviews = wanted || !result.reviewPatterns.isEmpty
        let expressions = patterns(keys["comment_patterns"])
        if let entry = keys["comments"], entry.value.content != .empty {
            let texts = writable(self.texts(entry), "comments", line: entry.line)
            for text in texts where text.utf8.count > 400 {
                refuse(
                    "comments", "\(Writing.inline(text)) is longer than a pattern may be here",
                    hint: "shorten it", line: entry.line)
            }
            result.comments = texts.map(Pattern.containing)
            if texts.contains("") { warnAboutEverything("an empty text is in every comment", entry) }
        } else {
            result.comments = defaults
        }
        if expressions.contains(""), let entry = keys["comment_patterns"] {
            warnAboutEverything("an empty expression matches every comment", entry)
        }
        result.comments += expressions.map { "re:\(Pattern.whole($0))" }
        result.bodyPatterns = patterns(keys["body_patterns"])
        if entry.key != "disapprove" {
            warnAboutEdges(keys)
            warnAboutUnheard(keys["comments"])
        }
        return result
    }

    private mutating func warnAboutEdges(_ keys: [String: SourceNode.Entry]) {
        for key in ["comment_patterns", "github_review_comment_patterns"] {
            guard let entry = keys[key] else { continue }
            let expressions = texts(entry).filter { $0.utf8.count <= Pattern.bytes }
            guard let expression = Pattern.worst(of: expressions) else { continue }
            let text = Writing.inline(expression)
            let what =
                Pattern.asksForOuterSpace(expression)
                ? "\(text) asks for white space around what is said, and never matches here"
                : "\(text) is searched for in what is plainly said, and may match more or less here"
            log.warning(
                rule, key: key,
                "\(what): quotes, code, list marks, commands and outer white space are left out first",
                hint: "write words without `^`, `$` and ends of lines", line: entry.line)
        }
    }

    /// Says which comments are left out here just where they are the usual word.
    private mutating func warnAboutUnheard(_ entry: SourceNode.Entry?) {
        guard let entry, case .list = entry.value.content else { return }
        guard let text = texts(entry).first(where: Pattern.isUnheard) else { return }
        log.warning(
            rule, key: entry.key,
            "whoever writes just \(Writing.inline(text)) is not heard here: commands, quotes, list marks, HTML comments "
                + "and outer white space are left out first",
            hint: "write a word that none of them begins, and tell people to say that", line: entry.line)
    }

    private mutating func warnAboutEverything(_ what: String, _ entry: SourceNode.Entry) {
        log.warning(
            rule, key: entry.key, "\(what), so whatever they write counts, as in policy-bot",
            hint: "write the words that are meant", line: entry.line)
    }

    // MARK: policy.disapproval

    /// `policy.disapproval`.
    mutating func disapproval(_ entry: SourceNode.Entry) -> Disapproval? {
        if case .empty = entry.value.content { return nil }
        guard let keys = fields(entry.value, of: "policy.disapproval", known: ["if", "options", "requires"]) else {
            return nil
        }
        var result = Disapproval(line: entry.line)
        if let conditions = keys["if"] { result.conditions = predicates(conditions, .hardens) }
        if let requires = keys["requires"] {
            result.actors = actors(requires, .hardens)
            if result.actors.isOpen {
                log.error(
                    key: "policy.disapproval", "everybody who may read the repository cannot block here",
                    hint: "name people, teams or `write`", line: requires.line)
            }
        }
        if result.actors.isGiven {
            disapprovalMethods(keys["options"], line: entry.line, &result)
        } else if let options = keys["options"] {
            log.note(
                key: "policy.disapproval", "without people in `requires` its `options` mean nothing, as in policy-bot",
                hint: "name who may disapprove", line: options.line)
        }
        return result
    }

    private mutating func disapprovalMethods(_ options: SourceNode.Entry?, line: Int, _ result: inout Disapproval) {
        guard let options, options.value.content != .empty,
            let keys = fields(options.value, of: "options", known: ["methods"]), let entry = keys["methods"],
            entry.value.content != .empty,
            let methods = fields(entry.value, of: "methods", known: ["disapprove", "revoke"])
        else { return }
        // Whatever is given takes all of its defaults away.
        if let entry = methods["disapprove"], entry.value.content != .empty,
            let found = self.methods(entry, comments: [], reviews: false)
        {
            result.disapprove = found
        }
        if let entry = methods["revoke"], entry.value.content != .empty,
            let found = self.methods(entry, comments: [], reviews: false)
        {
            result.revoke = found
        }
    }
}

/// Patterns as our language writes them.
enum Pattern {
    /// How long an expression may be, so that it is a pattern with what goes before it.
    static let bytes = 990

    /// An expression that is not empty: an empty one matches everything.
    static func whole(_ expression: String) -> String { expression.isEmpty ? "^" : expression }

    /// An expression for paths, where `.` is no end of a line as in Go, and in our language any character.
    static func path(_ expression: String) -> String {
        // What `.*` takes at either end of what is searched for does not matter.
        var inner = expression.trimmingPrefix(".*")
        if inner.hasSuffix(".*"), !inner.hasSuffix("\\.*") { inner = inner.dropLast(2) }
        return hasDot(inner) ? "(?-s)\(expression)" : whole(expression)
    }

    /// Whether a `.` that is not escaped stands in it, also where a class or a quotation takes it for itself.
    private static func hasDot(_ expression: Substring) -> Bool {
        var scalars = expression.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            if scalar == "." { return true }
            if scalar == "\\" { _ = scalars.next() }
        }
        return false
    }

    /// The text or expression that a pattern was made of.
    static func source(of pattern: String) -> String {
        if pattern.hasPrefix("re:") { return String(pattern.dropFirst(3)) }
        return String(pattern.dropFirst().dropLast()).replacing(/\\([*?\[\]{}\\!])/) { $0.output.1 }
    }

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
