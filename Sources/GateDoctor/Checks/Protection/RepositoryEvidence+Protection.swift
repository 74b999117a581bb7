import GateForge
import GatePolicy

extension Examination {
    /// Each branch that a policy speaks of, the default branch among them.
    var bases: [RepositoryEvidence] { repositories.flatMap { [$0] + $0.others } }
}

extension RepositoryEvidence {
    /// The branch as it is protected; nil when it is not known.
    var protectedBranch: BranchAnswer? { (try? branch?.get()) ?? nil }

    /// What the forge makes of the branch's required contexts; none when it asks for no statuses.
    var requiredPatterns: [RequiredPattern] {
        guard let branch = protectedBranch, branch.isProtected, branch.isStatusCheckEnabled else { return [] }
        return branch.requiredContexts.map { RequiredPattern($0) }
    }

    /// The rule that protects the branch, when rules are shown to us.
    var rule: ProtectionRule? {
        guard case .success(let rules) = rules, let base else { return nil }
        // A rule of the branch's own name comes before globs.
        return rules.first { $0.name.isExactly(base) } ?? rules.first { RequiredPattern($0.name).matches(base) }
    }

    /// Asks for these contexts and no others, and leaves everything else in the rule as it is.
    func requiring(_ contexts: [String]) -> Cure.Step {
        let repository = name.description
        let isThere = protectedBranch?.isProtected == true
        let ruleName = rule?.name ?? base ?? ""
        let path = "/repos/\(repository)/branch_protections" + (isThere ? "/\(ForgeRequest.segment(ruleName))" : "")
        let body = JSONText.of(RequiredContexts(contexts: contexts, name: isThere ? nil : ruleName))
        return .call(
            ForgeRequest(isThere ? "PATCH" : "POST", path, body: body, by: .administrator(of: repository)))
    }

    /// How the branch was asked for.
    var branchCall: String { "`GET /repos/\(name)/branches/\(base ?? "")` with `forge.token`" }
}
