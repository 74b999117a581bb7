import GateForge
import GatePolicy
import GateService

/// What lands went through a pull request, and so past a gate.
enum NobodyPushesPast: Check {
    static let id = "protection.push"
    static let area = Area.protection
    static let promise = "nobody pushes to a gated branch past pull requests"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        var seen: Set<String> = []
        let bases = examination.bases(&outcome)
        for repository in bases {
            guard repository.hasGates, repository.protectedBranch?.isProtected == true else { continue }
            guard let rule = repository.rule else {
                outcome.skip(repository.whyNoRule(examination))
                continue
            }
            guard seen.insert("\(repository.name): \(rule.name)").inserted else { continue }
            guard let right = rule.pushRight else {
                outcome.skip("\(repository.name): whether people may push to `\(rule.name)` is not told")
                continue
            }
            let laws = bases.filter { $0.isUnder(rule, of: repository) }.compactMap { examination.law(of: $0) }
            outcome.add(pushing(right, rule, repository, laws, examination.serviceLogin))
            guard !rule.unprotectedFiles.isEmpty else { continue }
            // One rule may be for several branches, each with a policy of its own.
            let policies = bases.filter { $0.isUnder(rule, of: repository) }.compactMap(\.validPolicy)
            outcome.add(files(rule, policies, repository, laws))
        }
        return outcome
    }

    private static func pushing(
        _ right: PushRight, _ rule: ProtectionRule, _ repository: RepositoryEvidence, _ laws: [LawEvidence],
        _ service: String?
    ) -> Finding? {
        let isForAll: Bool
        var answer = "`enable_push` is on"
        var meaning = "a push takes no pull request: what nobody judged lands, a policy of the pusher's own too"
        switch right {
        case .nobody: return nil
        case .writers:
            isForAll = true
            answer += " for everybody who may write the code"
        case .named(let users, let teams, let deployKeys):
            isForAll = false
            let named = users.map { "`\($0)`" } + teams.map { "the team `\($0)`" } + (deployKeys ? ["deploy keys"] : [])
            answer += " for " + named.joined(separator: ", ")
            if let service, users.contains(where: { $0.lowercased() == service.lowercased() }) {
                meaning += "; `\(service)` posts statuses without that"
            }
        }
        let instead = Cure.Step.tell("let them open pull requests; then:")
        return Finding(
            isForAll ? .blocking : .warning, "\(repository.name): \(rule.name)",
            asked: [repository.ruleCall], answer: answer, meaning: meaning,
            blocks: isForAll ? [Blocked("\(repository.name)")] + laws.flatMap(\.blocks) : [],
            cure: Cure((isForAll ? [] : [instead]) + [repository.changing(rule, ["enable_push": false])]))
    }

    private static func files(
        _ rule: ProtectionRule, _ policies: [Policy], _ repository: RepositoryEvidence, _ laws: [LawEvidence]
    ) -> Finding {
        let patterns = rule.unprotectedFiles
        func isOpen(_ path: String) -> Bool { patterns.contains { $0.matches(path.lowercased()) } }
        let open = laws.filter { law in law.files.contains { isOpen($0.description) } }
        let law =
            policies.flatMap(\.lawfulPaths).first(where: isOpen)
            ?? open.flatMap(\.files).map(\.description).first(where: isOpen)
        return Finding(
            law == nil ? .warning : .blocking, "\(repository.name): \(rule.name)", asked: [repository.ruleCall],
            answer: "`unprotected_file_patterns`: " + patterns.map { "`\($0.text)`" }.joined(separator: ", "),
            meaning: "whoever may write the code pushes changes of such files past pull requests"
                + (law.map { ": the gates are read from such a one, `\($0)`" } ?? ""),
            blocks: law == nil ? [] : [Blocked("\(repository.name)")] + open.flatMap(\.blocks),
            cure: Cure(repository.changing(rule, ["unprotected_file_patterns": ""])))
    }
}

extension RepositoryEvidence {
    /// Whether a rule of a repository is in force on the branch.
    fileprivate func isUnder(_ rule: ProtectionRule, of repository: RepositoryEvidence) -> Bool {
        name == repository.name && self.rule?.name.isExactly(rule.name) == true
    }
}

extension Policy {
    /// The files of the repository that it is read from, or would be if they were there; those of code owners, where
    /// it asks for them, are among them.
    fileprivate var lawfulPaths: [String] {
        let paths = PolicyPath.inOrder.map(\.description)
        return (paths.firstIndex { $0.isExactly(file) }.map { Array(paths[...$0]) } ?? paths)
            + watched.map(\.description)
    }
}
