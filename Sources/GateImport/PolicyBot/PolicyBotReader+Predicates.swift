import CRE2

extension PolicyBotReader {
    /// In the order policy-bot evaluates them.
    private static let predicateKeys = [
        "changed_files", "no_changed_files", "only_changed_files", "has_author_in", "has_contributor_in",
        "only_has_contributors_in", "author_is_only_contributor", "targets_branch", "from_branch", "modified_lines",
        "has_status", "has_successful_status", "has_workflow_result", "has_labels", "repository", "title",
        "has_valid_signatures", "has_valid_signatures_by", "has_valid_signatures_by_keys",
    ]
    /// Whether a file is new or gone: no condition here tells.
    private static let fileStates = ["file_added", "file_not_added", "file_deleted", "file_not_deleted"]

    /// The predicates of a map, in policy-bot's order.
    /// - Parameter effect: what it does where they hold.
    mutating func predicates(_ entry: SourceNode.Entry, _ effect: Actors.Effect) -> [PredicateUse] {
        guard let keys = fields(entry.value, of: entry.key, known: Self.predicateKeys + Self.fileStates) else {
            return []
        }
        return (Self.predicateKeys + Self.fileStates).compactMap { key in
            guard let entry = keys[key], entry.value.content != .empty, let predicate = predicate(entry, effect) else {
                return nil
            }
            return PredicateUse(predicate: predicate, key: key, line: entry.line)
        }
    }

    private mutating func predicate(_ entry: SourceNode.Entry, _ effect: Actors.Effect) -> Predicate? {
        switch entry.key {
        case "changed_files", "no_changed_files": return files(entry)
        case "only_changed_files":
            let keys = fields(entry.value, of: entry.key, known: ["paths"]) ?? [:]
            return .onlyChangedFiles(paths: patterns(keys["paths"]))
        case "has_author_in": return .hasAuthorIn(actors(entry, effect))
        case "has_contributor_in": return .hasContributorIn(actors(entry, effect))
        case "only_has_contributors_in": return .onlyHasContributorsIn(actors(entry, effect))
        case "author_is_only_contributor": return flag(entry).map { .authorIsOnlyContributor($0) }
        case "targets_branch", "from_branch":
            let keys = fields(entry.value, of: entry.key, known: ["pattern"]) ?? [:]
            let found = text(keys["pattern"]).map { [$0] } ?? []
            let pattern = regular(found, entry.key, line: entry.line).first
            return entry.key == "targets_branch" ? .targetsBranch(pattern) : .fromBranch(pattern)
        case "modified_lines": return modifiedLines(entry)
        case "has_status": return status(entry)
        case "has_successful_status":
            return .hasStatus(writable(texts(entry), entry.key, line: entry.line), states: nil)
        case "has_workflow_result":
            refuse(
                entry.key, "results of workflows are GitHub's only: here a job posts a status",
                hint: "name the jobs' statuses in `has_status`: `workflow / job (pull_request)`", line: entry.line)
            return nil
        case "has_labels": return .hasLabels(labels(entry))
        case "repository", "title":
            let keys = fields(entry.value, of: entry.key, known: ["matches", "not_matches"]) ?? [:]
            let matches = patterns(keys["matches"])
            let others = patterns(keys["not_matches"])
            if !matches.isEmpty, !others.isEmpty {
                log.note(
                    rule, key: entry.key, "`matches` and `not_matches` are joined by or, as in policy-bot",
                    hint: "write `and` in the policy if both were meant", line: entry.line)
            }
            return entry.key == "title"
                ? .title(matches: matches, notMatches: others) : .repository(matches: matches, notMatches: others)
        case "has_valid_signatures": return flag(entry).map { .hasValidSignatures($0) }
        case "has_valid_signatures_by": return .hasValidSignaturesBy(actors(entry, effect))
        case "has_valid_signatures_by_keys":
            let keys = fields(entry.value, of: entry.key, known: ["key_ids"]) ?? [:]
            return .hasValidSignaturesByKeys(signingKeys(keys["key_ids"]))
        default:
            refuse(
                entry.key, "no condition here tells whether a file is new or gone",
                hint: Self.strictest(entry.key, effect), line: entry.line)
            return nil
        }
    }

    /// What to write for a file that must be new or gone, or must not be, so that nobody gets in who did not.
    ///
    /// Whoever adds or deletes a file changes it.
    private static func strictest(_ key: String, _ effect: Actors.Effect) -> String {
        let isNegative = key.contains("_not_")
        let asking = isNegative ? "leave the key out" : "name the files in `changed_files`"
        let letting = isNegative ? "name the files in `no_changed_files`" : "take the rule away"
        return switch effect {
        case .hardens: asking
        case .softens: letting
        case .either: "where the rule asks for more, \(asking); where it lets pass, \(letting)"
        }
    }

    private mutating func signingKeys(_ entry: SourceNode.Entry?) -> [String] {
        let keys = texts(entry)
        for key in keys {
            if key.hasPrefix("SHA256:") {
                refuse(
                    "key_ids",
                    "\(Writing.inline(key)) is an SSH key's, and policy-bot takes signatures by GPG only: it never held",
                    hint: "take it away; here `signed_with` takes such keys, if that is wanted", line: entry?.line)
            } else if !Self.isSigningKey(key) {
                refuse(
                    "key_ids", "\(Writing.inline(key)) is no key here: others could be made to fit it",
                    hint: "write a GPG key's id of 16 digits", line: entry?.line)
            } else if key.utf8.count != 16 || key != key.uppercased() {
                log.warning(
                    rule, key: "key_ids",
                    "\(Writing.inline(key)) is a key here, and in policy-bot only the same text as GitHub's id is one",
                    hint: "see whether this key was meant: there an id is 16 digits, with capitals", line: entry?.line)
            }
        }
        return keys
    }

    /// What `signed_with` takes of GPG.
    private static func isSigningKey(_ text: String) -> Bool {
        let digits = text.lowercased().hasPrefix("0x") ? text.dropFirst(2) : text[...]
        return [16, 40, 64].contains(digits.utf8.count) && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    private mutating func files(_ entry: SourceNode.Entry) -> Predicate {
        let keys = fields(entry.value, of: entry.key, known: ["paths", "ignore"]) ?? [:]
        let (paths, ignore) = (patterns(keys["paths"]), patterns(keys["ignore"]))
        return entry.key == "changed_files"
            ? .changedFiles(paths: paths, ignore: ignore) : .noChangedFiles(paths: paths, ignore: ignore)
    }

    private mutating func labels(_ entry: SourceNode.Entry) -> [String] {
        let labels = writable(texts(entry), entry.key, line: entry.line)
        for label in labels where label.contains("*") {
            refuse(
                entry.key, "in \(Writing.inline(label)) the `*` would stand for anything here",
                hint: "give the label a name without `*`", line: entry.line)
        }
        return labels
    }

    private mutating func modifiedLines(_ entry: SourceNode.Entry) -> Predicate {
        let names = [("additions", "additions"), ("deletions", "deletions"), ("total", "lines")]
        let keys = fields(entry.value, of: entry.key, known: names.map(\.0)) ?? [:]
        var tests: [String] = []
        for (name, measure) in names {
            guard let value = keys[name], let text = text(value), !text.isEmpty else { continue }
            let body = text.drop { $0 == " " || $0 == "\t" }
            var digits = body.dropFirst().drop { $0 == " " || $0 == "\t" }
            while digits.last == " " || digits.last == "\t" { digits.removeLast() }
            guard let sign = body.first, "<>=".contains(sign), !digits.isEmpty, digits.utf8.count <= 9,
                digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits)
            else {
                log.error(
                    rule, key: name, "\(Writing.inline(text)) is no comparison", hint: "for example `< 100`",
                    line: value.line)
                continue
            }
            tests.append("\(measure) \(sign) \(number)")
        }
        return .modifiedLines(tests)
    }

    private mutating func status(_ entry: SourceNode.Entry) -> Predicate {
        let keys = fields(entry.value, of: entry.key, known: ["statuses", "conclusions"]) ?? [:]
        let statuses = writable(texts(keys["statuses"]), entry.key, line: entry.line)
        let conclusions = texts(keys["conclusions"])
        if conclusions.isEmpty { return .hasStatus(statuses, states: nil) }
        var states: [String] = []
        for conclusion in conclusions {
            if ["success", "failure", "error", "pending"].contains(conclusion) {
                if !states.contains(conclusion) { states.append(conclusion) }
            } else {
                log.warning(
                    rule, key: "conclusions", "a status here is never \(Writing.inline(conclusion)), so it is left out",
                    hint: "see which state the job posts here: `success`, `failure`, `error`, `pending` or `warning`",
                    line: keys["conclusions"]?.line ?? entry.line)
            }
        }
        return .hasStatus(statuses, states: states)
    }

    // MARK: Patterns

    /// A list of regular expressions.
    mutating func patterns(_ entry: SourceNode.Entry?) -> [String] {
        guard let entry else { return [] }
        return regular(texts(entry), entry.key, line: entry.line)
    }

    /// Expressions as far as they can be written; RE2 is the dialect of both.
    mutating func regular(_ expressions: [String], _ key: String, line: Int) -> [String] {
        let named = writable(expressions.filter { $0.utf8.count <= Pattern.bytes }, key, line: line).map(
            Pattern.withNamedGroups)
        if named.count < expressions.count || named.contains(where: { $0.utf8.count > Pattern.bytes }) {
            refuse(
                key, "an expression is longer than a pattern may be here", hint: "split it in several",
                line: line)
        }
        return named.filter { compiles($0, key, line: line) }
    }

    /// Whether RE2 takes an expression, and all of them together are not too big.
    private mutating func compiles(_ expression: String, _ key: String, line: Int) -> Bool {
        guard instructions >= 0 else { return false }
        var reason = [CChar](repeating: 0, count: 256)
        guard let pattern = cre2_pattern_new(expression, expression.utf8.count, 1 << 20, &reason, reason.count) else {
            let words = String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            refuse(
                key, "\(Writing.inline(expression)) is no expression of RE2: \(Writing.visible(words, limit: 120))",
                hint: "mend it: Go reads expressions as RE2 does", line: line)
            // Each that is refused may have been a big one.
            instructions -= 200
            return false
        }
        instructions -= Int(cre2_pattern_size(pattern))
        cre2_pattern_free(pattern)
        if instructions < 0 {
            log.error(
                key: "file", "the expressions of this file are too big together",
                hint: "use fewer or simpler ones, and smaller counts in `{…}`", line: line)
        }
        return instructions >= 0
    }
}
