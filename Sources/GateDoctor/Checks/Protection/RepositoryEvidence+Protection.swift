import GateForge
import GatePolicy

extension Examination {
    /// Each branch that something is gated on, the default branch among them; what was not looked at is told.
    func bases(_ outcome: inout CheckOutcome) -> [RepositoryEvidence] {
        for repository in repositories {
            if repository.unseenBases > 0 {
                outcome.skip(
                    "\(repository.name): \(repository.unseenBases) branches more that its policy speaks of, or that pull "
                        + "requests are for\(repository.isWithoutPolicy ? ", or that are protected" : "")")
            }
            if let error = repository.branchList {
                outcome.skip(
                    "\(repository.name): which of its branches "
                        + "\(repository.isWithoutPolicy ? "have a policy" : "its policy speaks of"): \(error.reason)")
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

    /// Why that rule is not known.
    func whyNoRule(_ examination: Examination) -> String {
        switch rules {
        case nil: "rules of protection are shown to administrators only: \(examination.administratorWanted)"
        case .failure(let error) where error.cause == .badToken && examination.administratorRefusal != nil:
            "rules of protection are shown to administrators only: \(examination.administratorWanted)"
        case .failure(let error): "\(name): \(error.reason)"
        case .success: "\(name): none of the rules that are shown protects `\(base ?? "")`"
        }
    }

    /// Changes what a rule says, and leaves everything else in it as it is.
    func changing(_ rule: ProtectionRule, _ settings: [String: JSONValue]) -> Cure.Step {
        .call(RuleChange(rule: rule.name, isNew: false, settings: settings).request(for: name))
    }

    /// How rules were asked for.
    var ruleCall: String { "`GET /repos/\(name)/branch_protections` with an administrator's token" }
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
