import GateForge
import GatePolicy
import GateService

/// What gates are read from is changed by nobody alone.
enum LawIsProtected: Check {
    static let id = "protection.law"
    static let area = Area.protection
    static let promise = "nobody changes alone a branch that the policies of others are read from"
    static let needs = Prerequisite.service

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
            judge(law, branch, examination, &found)
            for reason in found.notMade { outcome.skip(reason) }
            if examination.isGated(law), !found.findings.isEmpty {
                // One cause is told once: with the branch's own gates.
                outcome.skip("\(place): see `\(SummaryIsRequired.id)` and `\(NobodyPushesPast.id)`")
            } else if found.findings.isEmpty {
                if found.notMade.isEmpty { outcome.add(nil) }
            } else {
                for finding in found.findings { outcome.add(finding) }
            }
        }
        return outcome
    }

    private static func judge(
        _ law: LawEvidence, _ branch: BranchAnswer, _ examination: Examination, _ outcome: inout CheckOutcome
    ) {
        let repository = law.branch
        let files = law.files.map { "`\($0)`" }.joined(separator: ", ")
        func add(
            _ severity: Severity, _ asked: String, _ answer: String, _ meaning: String, _ cure: [Cure.Step]
        ) {
            outcome.add(
                Finding(
                    severity, "\(repository.name): \(branch.name)", asked: [asked], answer: answer,
                    meaning: "\(files) \(law.files.count == 1 ? "is" : "are") read from it for others: \(meaning)",
                    blocks: severity == .blocking ? law.blocks : [], cure: Cure(cure)))
        }
        guard branch.isProtected else {
            var settings: [String: JSONValue] = ["enable_push": false, "required_approvals": 1]
            if (try? examination.greeting.get())?.bindsAdministrators == true {
                settings["block_admin_merge_override"] = true
            }
            let change = RuleChange(rule: branch.name, isNew: true, settings: settings)
            return add(
                .blocking, repository.branchCall, "the branch is not protected",
                "whoever may write `\(repository.name)` pushes there alone, and so changes their gates",
                [.call(change.request(for: repository.name))])
        }
        if !repository.asksForSomebodyElse(branch) {
            let mergers = repository.rule?.namedMergers ?? []
            let who = mergers.isEmpty ? "whoever may write `\(repository.name)`" : mergers.joined(separator: ", ")
            let gated = repository.hasGates ? ", nor `\(Policy.summaryContext(base: branch.name))`" : ""
            add(
                mergers.isEmpty ? .blocking : .warning, repository.branchCall,
                "the branch requires no approval\(gated)",
                "\(who) merges there alone, and so changes their gates",
                repository.requiringAnApproval(branch))
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

    /// Whether a pull request into the branch waits for somebody besides who opened it: its gates, or an approval.
    fileprivate func asksForSomebodyElse(_ branch: BranchAnswer) -> Bool {
        let summary = Policy.summaryContext(base: branch.name)
        return branch.requiredApprovals > 0 || hasGates && requiredPatterns.contains { $0.matches(summary) }
    }

    /// Makes a branch that is protected ask for an approval.
    fileprivate func requiringAnApproval(_ branch: BranchAnswer) -> [Cure.Step] {
        guard let rule else {
            let change = RuleChange(rule: branch.name, isNew: false, settings: ["required_approvals": 1])
            return [
                .tell(
                    "where the rule that protects `\(branch.name)` has that name; a glob is for other branches, too:"),
                .call(change.request(for: name)),
            ]
        }
        return [changing(rule, ["required_approvals": 1])]
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
