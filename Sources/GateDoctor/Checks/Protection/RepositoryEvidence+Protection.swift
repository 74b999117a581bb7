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
    func requiring(_ contexts: [String]) -> [Cure.Step] {
        let base = base ?? ""
        let path = "/repos/\(name)/branch_protections"
        let administrator = ForgeRequest.Person.administrator(of: "\(name)")
        func rule(_ method: String, _ path: String, _ name: String?, binds: Bool? = nil) -> Cure.Step {
            let body = JSONText.of(RequiredContexts(contexts: contexts, name: name, bindsAdministrators: binds))
            return .call(ForgeRequest(method, path, body: body, by: administrator))
        }
        let change = rule("PATCH", "\(path)/\(ForgeRequest.segment(base))", nil)
        guard protectedBranch?.isProtected == true else { return [rule("POST", path, base)] }
        guard let found = self.rule else {
            return [
                .tell("where the rule that protects `\(base)` has that name; a glob is for other branches, too:"),
                change,
            ]
        }
        if found.name.isExactly(base) { return [change] }
        return [
            .tell(
                "where the rule `\(found.name)` is for other branches, too: a rule of its own for `\(base)`, to which its "
                    + "other settings are carried over:"),
            rule("POST", path, base, binds: found.bindsAdministrators),
        ]
    }

    /// How the branch was asked for.
    var branchCall: String { "`GET /repos/\(name)/branches/\(base ?? "")` with `forge.token`" }
}
