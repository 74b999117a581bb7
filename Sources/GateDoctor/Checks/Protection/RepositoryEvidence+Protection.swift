import GateForge
import GatePolicy

extension Examination {
    /// Each branch that a policy speaks of, the default branch among them; what was not looked at is told.
    func bases(_ outcome: inout CheckOutcome) -> [RepositoryEvidence] {
        for repository in repositories where repository.validPolicy != nil {
            if repository.unseenBases > 0 {
                outcome.skip("\(repository.name): \(repository.unseenBases) branches more that its policy speaks of")
            }
            if case .failure(let error) = repository.pulls {
                outcome.skip("\(repository.name): which branches pull requests are for is not known: \(error.reason)")
            }
        }
        return repositories.flatMap { [$0] + $0.others }
    }
}

extension RepositoryEvidence {
    /// The branch as it is protected; nil when it is not known.
    var protectedBranch: BranchAnswer? { (try? branch?.get()) ?? nil }

    /// What the forge makes of the branch's required contexts; none when it asks for no statuses.
    var requiredPatterns: [ForgeGlob] {
        guard let branch = protectedBranch, branch.isProtected, branch.isStatusCheckEnabled else { return [] }
        return branch.requiredContexts.map { ForgeGlob($0) }
    }

    /// The rule that is in force on the branch, when rules are shown to us.
    var rule: ProtectionRule? {
        guard case .success(let rules) = rules, let base else { return nil }
        return rules.governing(base)
    }

    /// Asks for these contexts and no others, and leaves everything else in the rule as it is.
    func requiring(_ contexts: [String]) -> [Cure.Step] {
        let base = base ?? ""
        if case .success(let rules) = rules, (rules.governing(base) != nil) == protectedBranch?.isProtected {
            var steps = rules.requiring(contexts, of: base).map { Cure.Step.call($0.request(for: name)) }
            if let found = rules.governing(base), !found.isPlain {
                steps.insert(
                    .tell(
                        "where the rule `\(found.name)` is for other branches, too: a rule of its own for `\(base)`, to "
                            + "which its other settings are carried over:"), at: 0)
            }
            return steps
        }
        let none: [ProtectionRule] = []
        guard protectedBranch?.isProtected == true else {
            return none.requiring(contexts, of: base).map { .call($0.request(for: name)) }
        }
        return [
            .tell("where the rule that protects `\(base)` has that name; a glob is for other branches, too:")
        ]
            + [ProtectionRule(name: base, isStatusCheckEnabled: true, contexts: [])]
            .requiring(contexts, of: base).map { .call($0.request(for: name)) }
    }

    /// How the branch was asked for.
    var branchCall: String { "`GET /repos/\(name)/branches/\(base ?? "")` with `forge.token`" }
}

extension RuleChange {
    /// The call that carries it out.
    func request(for repository: RepositoryName) -> ForgeRequest {
        let path = "/repos/\(repository)/branch_protections" + (isNew ? "" : "/\(ForgeRequest.segment(rule))")
        return ForgeRequest(
            isNew ? "POST" : "PATCH", path, body: JSONText.of(body), by: .administrator(of: "\(repository)"))
    }
}
