import GateForge
import GatePolicy

/// A green for one base opens no other.
enum ContextsNameTheBase: Check {
    static let id = "protection.any-base"
    static let area = Area.protection
    static let promise = "every required status of ours names its base branch"
    static let needs = Prerequisite.service
    static let readsGates = true

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) {
            guard repository.validPolicy != nil, let base = repository.base, !repository.requiredPatterns.isEmpty
            else { continue }
            let patterns = repository.baselessPatterns
            let baseless = repository.baselessContexts.filter { context in patterns.contains { $0.matches(context) } }
            outcome.add(
                baseless.isEmpty
                    ? nil
                    : Finding(
                        .warning, "\(repository.name): \(base)", asked: [repository.branchCall, "the policy"],
                        answer: "required: "
                            + baseless.map { context in
                                let pattern = patterns.first { $0.matches(context) }?.text ?? context
                                return "`\(context)`" + (pattern.isExactly(context) ? "" : " (by `\(pattern)`)")
                            }.joined(separator: ", "),
                        meaning: "the same commit may be in a pull request into another branch, and a green from there "
                            + "opens this one; we post them for the branch in `contexts.allow` only, others may not",
                        cure: Cure(repository.requiringWhatIsWanted(Self.self, examination))))
        }
        return outcome
    }
}

extension RepositoryEvidence {
    /// The contexts that we post for the branch under names without it.
    fileprivate var baselessContexts: [String] {
        guard let policy = validPolicy, let base else { return [] }
        return policy.gates.compactMap { gate in
            guard case .custom(let text) = gate.context, !text.contains("{base}") else { return nil }
            return gate.contextName(base: base)
        }
    }

    /// The required patterns that ask for one of them; a glob is none of them beside one that asks for the summary
    /// itself, for that one a green from elsewhere does not answer.
    var baselessPatterns: [ForgeGlob] {
        let (contexts, isHeld) = (baselessContexts, requiresSummaryItself)
        return requiredPatterns.filter { pattern in
            (pattern.isLiteral || !isHeld) && contexts.contains { pattern.matches($0) }
        }
    }
}
