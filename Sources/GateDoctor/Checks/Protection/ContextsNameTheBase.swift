import GateForge
import GatePolicy

/// A green for one base opens no other.
enum ContextsNameTheBase: Check {
    static let id = "protection.any-base"
    static let area = Area.protection
    static let promise = "every required status of ours names its base branch"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) {
            guard let policy = repository.validPolicy, let base = repository.base,
                !repository.requiredPatterns.isEmpty
            else { continue }
            let patterns = repository.requiredPatterns
            let baseless = policy.gates.compactMap { gate -> String? in
                guard case .custom(let text) = gate.context, !text.contains("{base}"),
                    let context = gate.contextName(base: base), patterns.contains(where: { $0.matches(context) })
                else { return nil }
                return context
            }
            outcome.add(
                baseless.isEmpty
                    ? nil
                    : Finding(
                        .warning, "\(repository.name): \(base)", asked: [repository.branchCall, "the policy"],
                        answer: "required: " + baseless.map { "`\($0)`" }.joined(separator: ", "),
                        meaning: "the same commit may be in a pull request into another branch, and a green from there "
                            + "opens this one; we post them for the branch in `contexts.allow` only, others may not",
                        cure: Cure(
                            repository.requiring(
                                (repository.protectedBranch?.requiredContexts ?? []).filter { required in
                                    !(baseless + [Policy.summaryContext(base: base)]).contains {
                                        $0.isExactly(required)
                                    }
                                } + [Policy.summaryContext(base: base)]))))
        }
        return outcome
    }
}
