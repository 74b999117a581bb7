import GateForge
import GatePolicy
import GateService

/// What a branch should require: found once, so that the cures of several findings make the same rule.
extension RepositoryEvidence {
    /// Patterns that the branch requires and should not, by the check that tells why; a glob that asks for something of
    /// ours asks for what others post, too, and stays.
    /// - Parameter check: whose cure it is: what few pull requests lack is left out only by the cure that says so.
    func unwantedPatterns(for check: any Check.Type) -> [(check: any Check.Type, patterns: [ForgeGlob])] {
        let isTold = check == RequiredContextsArePosted.self || settledHeads >= RequiredContextsArePosted.enoughHeads
        return [
            (ContextsNameTheBase.self, baselessPatterns.filter(\.isLiteral)),
            (NobodyElseCanSatisfy.self, openPatterns.filter(\.isLiteral)),
            (PatternsCompile.self, requiredPatterns.filter { !$0.compiles }),
            (RequiredContextsArePosted.self, isTold ? knownLonelyPatterns : []),
        ]
    }

    /// What the branch should require: the rest, and the summary itself where there is a policy that posts it.
    func wantedContexts(for check: any Check.Type) -> [String] {
        let unwanted = unwantedPatterns(for: check).flatMap(\.patterns)
        let kept = requiredPatterns.filter { pattern in !unwanted.contains { $0.text.isExactly(pattern.text) } }
        let texts = kept.map(\.text)
        guard hasGates, let base, !kept.contains(where: asksForSummaryItself) else { return texts }
        return texts + [ForgeGlob.escaped(Policy.summaryContext(base: base))]
    }

    /// Patterns that nobody posts, where it is known what we and others post.
    private var knownLonelyPatterns: [ForgeGlob] {
        guard case .success = statuses else { return [] }
        let orphans = orphanedPatterns
        switch policy {
        case .policy?, .absent?: return lonelyPatterns.filter { !orphans.contains($0) }
        default: return []
        }
    }

    /// Makes the branch require what it should, and leaves everything else in force on it as it is, unless something
    /// else is found wrong with a rule that is copied.
    func requiringWhatIsWanted(_ check: any Check.Type, _ examination: Examination) -> [Cure.Step] {
        let also = unwantedPatterns(for: check).filter { $0.check != check && !$0.patterns.isEmpty }.map {
            check, patterns in
            patterns.map { "`\($0.text)`" }.joined(separator: ", ") + " (`\(check.id)`)"
        }
        let left = also.isEmpty ? [] : [Cure.Step.tell("this leaves out, too: \(also.joined(separator: ", "))")]
        return left + requiring(wantedContexts(for: check), examination)
    }

    /// Makes the branch require some patterns no more, where nothing is to be gated there.
    func requiringNoMore(_ patterns: [ForgeGlob]) -> [Cure.Step] {
        let names = patterns.map { "`\($0.text)`" }.joined(separator: ", ")
        let base = base ?? ""
        let intro =
            "or, if nothing is to be gated there any more: take \(names) out of what the rule of `\(base)` requires"
        // A rule for several branches may hold others by the same, and a wider pattern statuses of others.
        guard let rule, rule.isForOneBranch, patterns.allSatisfy({ $0.isLiteral && $0.text.isOfOurs }) else {
            return [.tell(intro)]
        }
        let kept = rule.contexts.filter { text in !patterns.contains { $0.text.isExactly(text) } }
        return [
            .tell("\(intro):"), changing(rule, RuleChange.statuses(kept, isAsked: !kept.isEmpty)),
        ]
    }

    private func requiring(_ contexts: [String], _ examination: Examination) -> [Cure.Step] {
        let base = base ?? ""
        guard protectedBranch?.isProtected == true else {
            var settings = RuleChange.statuses(contexts)
            if (try? examination.greeting.get())?.bindsAdministrators == true {
                settings["block_admin_merge_override"] = true
            }
            let rule = ForgeGlob.escaped(base)
            return [.call(RuleChange(rule: rule, isNew: true, settings: settings).request(for: name))]
        }
        guard case .success(let rules) = rules, let found = rules.governing(base) else {
            let change = RuleChange(
                rule: ForgeGlob.escaped(base), isNew: false, settings: RuleChange.statuses(contexts))
            return [
                .tell("where the rule that protects `\(base)` has that name; a glob is for other branches, too:"),
                .call(change.request(for: name)),
            ]
        }
        var changes = rules.requiring(contexts, of: base)
        guard !found.isForOneBranch else { return changes.map { .call($0.request(for: name)) } }
        if changes.isEmpty { return [.tell(Self.noRuleOfItsOwn(base, found))] }
        let mended = found.mended
        if !changes.isEmpty { changes[0].settings.merge(mended) { $1 } }
        let names = mended.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
        let intro = Cure.Step.tell(
            "where the rule `\(found.name)` is for other branches, too: a rule of its own for `\(base)`, to which its "
                + "other settings are carried over\(names.isEmpty ? "" : ", \(names) put right")"
                + "\(found.namesPushers ? "; those who push to it by name still may" : ""):")
        return [intro] + changes.map { .call($0.request(for: name)) }
    }
}

extension RepositoryEvidence {
    /// Why a branch cannot have a rule of its own, and what can be done.
    static func noRuleOfItsOwn(_ base: String, _ found: ProtectionRule) -> String {
        "no rule of `\(base)` alone can come before `\(found.name)`, for to the forge its name is a glob, too, and the "
            + "older one counts: give the branch a name without `*?\\[]{}`, or take `\(found.name)` away, make the rule "
            + "`\(ForgeGlob.escaped(base))`, and then `\(found.name)` anew"
    }
}

extension ServerGreeting {
    /// Whether rules of protection can bind administrators, and say so.
    var bindsAdministrators: Bool {
        !version.contains("+gitea-") && ForgeVersion(version)?.bindsAdministrators == true
    }
}

extension ProtectionRule {
    /// What a copy of it shall say otherwise, so that what is found wrong with it is not copied.
    fileprivate var mended: [String: JSONValue] {
        var settings: [String: JSONValue] = [:]
        if case .writers = pushRight { settings["enable_push"] = false }
        if !unprotectedFiles.isEmpty { settings["unprotected_file_patterns"] = "" }
        if bindsAdministrators == false { settings["block_admin_merge_override"] = true }
        return settings
    }

    /// Whether it lets some push, and not everybody who may write.
    fileprivate var namesPushers: Bool { if case .named? = pushRight { true } else { false } }
}
