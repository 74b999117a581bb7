import GateForge
import GatePolicy
import GateService

/// What gates are read from is changed by nobody alone.
enum LawIsProtected: Check {
    static let id = "protection.law"
    static let area = Area.protection
    static let promise = "nobody changes alone a branch that the policies of others are read from"
    static let needs = Prerequisite.service
    /// What a policy that is not valid reads from elsewhere is not known.
    static let readsGates = true

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        if examination.unseenLaws > 0 {
            outcome.skip("\(examination.unseenLaws) versions more of repositories that policies are read from")
        }
        for law in examination.laws {
            let place = "\(law.branch.name): \(law.branch.base ?? "")"
            guard let branch = law.branch.protectedBranch else {
                outcome.skip("\(place), which policies of others are read from: \(law.branch.whyNoBranch)")
                continue
            }
            var found = CheckOutcome()
            var ofItsGates: [Finding] = []
            judge(law, branch, examination, &found, &ofItsGates)
            for reason in found.notMade { outcome.skip(reason) }
            if examination.isGated(law), !ofItsGates.isEmpty {
                // One cause is told once: with the branch's own gates.
                outcome.skip("\(place): see `\(SummaryIsRequired.id)` and `\(NobodyPushesPast.id)`")
            } else {
                found.findings += ofItsGates
                if found.findings.isEmpty, found.notMade.isEmpty { outcome.add(nil) }
            }
            for finding in found.findings { outcome.add(finding) }
        }
        return outcome
    }

    /// - Parameter ofItsGates: what other checks tell of the branch where it is looked at with gates of its own.
    private static func judge(
        _ law: LawEvidence, _ branch: BranchAnswer, _ examination: Examination, _ outcome: inout CheckOutcome,
        _ ofItsGates: inout [Finding]
    ) {
        let repository = law.branch
        func found(
            _ severity: Severity, _ asked: String, _ answer: String, _ meaning: String, _ cure: [Cure.Step]
        ) -> Finding {
            Finding(
                severity, "\(repository.name): \(branch.name)", asked: [asked], answer: answer,
                meaning: "\(law.isRead): \(meaning)", blocks: severity == .blocking ? law.blocks : [],
                cure: Cure(cure))
        }
        func add(
            _ severity: Severity, _ asked: String, _ answer: String, _ meaning: String, _ cure: [Cure.Step]
        ) {
            ofItsGates.append(found(severity, asked, answer, meaning, cure))
        }
        guard branch.isProtected else {
            var settings: [String: JSONValue] = ["enable_push": false, "required_approvals": 1]
            if (try? examination.greeting.get())?.bindsAdministrators == true {
                settings["block_admin_merge_override"] = true
            }
            let change = RuleChange(rule: ForgeGlob.escaped(branch.name), isNew: true, settings: settings)
            return add(
                .blocking, repository.branchCall, "the branch is not protected",
                "whoever may write `\(repository.name)` pushes there alone, and so changes their gates",
                [.call(change.request(for: repository.name))])
        }
        let mergers = repository.rule?.namedMergers ?? []
        let who = mergers.isEmpty ? "whoever may write `\(repository.name)`" : mergers.joined(separator: ", ")
        let severity = mergers.isEmpty ? Severity.blocking : .warning
        let alone = "\(who) merges there alone, and so changes their gates"
        let summary = Policy.summaryContext(base: branch.name)
        switch repository.somebodyElse(branch, law.files, at: examination.now) {
        case .isAsked: break
        case .unknown(let reason): outcome.skip("\(repository.name): \(branch.name): \(reason)")
        case .isNotAsked:
            let gated = repository.hasGates ? ", nor `\(summary)`" : ""
            add(
                severity, repository.branchCall, "the branch requires no approval\(gated)", alone,
                repository.requiringAnApproval(branch))
        case .isNotAskedByGates(let file):
            outcome.findings.append(
                found(
                    severity, repository.branchCall,
                    "the branch requires `\(summary)` and no approval, and its gates ask nobody to sign a change of "
                        + "`\(file)`",
                    alone, repository.requiringAnApproval(branch)))
        }
        guard let rule = repository.rule else { return outcome.skip(repository.whyNoRule(examination)) }
        switch rule.pushRight {
        case nil: outcome.skip("\(repository.name): whether people may push to `\(rule.name)` is not told")
        case .nobody?: break
        case .writers?:
            add(
                .blocking, repository.ruleCall, "`enable_push` is on for everybody who may write the code",
                "a push takes no pull request, and changes their gates",
                [repository.changing(rule, ["enable_push": false])])
        case .named(let users, let teams, let deployKeys)?:
            let named = users.map { "`\($0)`" } + teams.map { "the team `\($0)`" } + (deployKeys ? ["deploy keys"] : [])
            add(
                .warning, repository.ruleCall, "`enable_push` is on for " + named.joined(separator: ", "),
                "a push takes no pull request, and changes their gates",
                [.tell("let them open pull requests; then:"), repository.changing(rule, ["enable_push": false])])
        }
        let patterns = rule.unprotectedFiles
        let open = law.files.first { path in patterns.contains { $0.matches(path.description.lowercased()) } }
        if let open {
            add(
                .blocking, repository.ruleCall,
                "`unprotected_file_patterns`: " + patterns.map { "`\($0.text)`" }.joined(separator: ", "),
                "whoever may write the code pushes changes of `\(open)` past pull requests",
                [repository.changing(rule, ["unprotected_file_patterns": ""])])
        }
    }
}

extension RepositoryEvidence {
    /// Why it is not known how the branch is protected.
    fileprivate var whyNoBranch: String {
        if case .failure(let error) = rights { return error.reason }
        if case .failure(let error) = branch { return error.reason }
        return "it is not there"
    }

    /// Whether a pull request into the branch that changes one of some files waits for somebody besides who opened it:
    /// for an approval, or for a signature that its gates ask for.
    fileprivate func somebodyElse(_ branch: BranchAnswer, _ files: [ExactText], at now: Timestamp) -> SomebodyElse {
        if branch.requiredApprovals > 0 { return .isAsked }
        let summary = Policy.summaryContext(base: branch.name)
        guard requiredPatterns.contains(where: { $0.matches(summary) }) else { return .isNotAsked }
        let changed = files.map { "`\($0)`" }.joined(separator: ", ")
        switch policy {
        case .absent?: return .isNotAsked
        // Its summary is an error until it is mended, and that asks for an administrator.
        case .broken?: return .isAsked
        case .policy(let policy)?:
            let held = files.map { policy.holds(changesOf: $0, in: name, into: branch.name, at: now) }
            if let index = held.firstIndex(of: .no) { return .isNotAskedByGates(files[index]) }
            guard let index = held.firstIndex(where: { $0 != .yes }) else { return .isAsked }
            return .unknown(
                "it requires `\(summary)` and no approval, and whether its gates ask anybody to sign a change of "
                    + "`\(files[index])` hangs on the pull request")
        case .unknown(let unknown)?:
            return .unknown("who must sign a change of \(changed) is not known: \(unknown.reason)")
        case nil: return .unknown("who must sign a change of \(changed) was not read")
        }
    }

    /// Makes a branch that is protected ask for an approval.
    fileprivate func requiringAnApproval(_ branch: BranchAnswer) -> [Cure.Step] {
        guard let rule else {
            let change = RuleChange(
                rule: ForgeGlob.escaped(branch.name), isNew: false, settings: ["required_approvals": 1])
            return [
                .tell(
                    "where the rule that protects `\(branch.name)` has that name; a glob is for other branches, too:"),
                .call(change.request(for: name)),
            ]
        }
        let change = changing(rule, ["required_approvals": 1])
        return rule.isForOneBranch ? [change] : [.tell("the rule `\(rule.name)` is for other branches, too:"), change]
    }
}

extension ProtectionRule {
    /// Those who alone may merge; none where everybody who may write the code does.
    fileprivate var namedMergers: [String] {
        guard settings["enable_merge_whitelist"] == .flag(true) else { return [] }
        func names(_ key: String) -> [String] {
            guard case .list(let values) = settings[key] else { return [] }
            return values.compactMap { if case .text(let text) = $0 { "`\(text)`" } else { nil } }
        }
        return names("merge_whitelist_usernames") + names("merge_whitelist_teams").map { "the team \($0)" }
    }
}

/// Whether a pull request waits for somebody besides who opened it.
private enum SomebodyElse {
    case isAsked, isNotAsked
    /// The gates are required, and ask nobody when the file is changed.
    case isNotAskedByGates(ExactText)
    case unknown(String)
}
