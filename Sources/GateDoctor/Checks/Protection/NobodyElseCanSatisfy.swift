import GateForge
import GatePolicy

/// No required status can be made green by the pull request itself.
enum NobodyElseCanSatisfy: Check {
    static let id = "protection.author-can-post"
    static let area = Area.protection
    static let promise = "no pull request can satisfy a required status by a workflow of its own"
    static let needs = Prerequisite.service
    static let readsGates = true

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) {
            guard repository.validPolicy != nil, let base = repository.base,
                !repository.requiredPatterns.isEmpty
            else { continue }
            let open = repository.openPatterns
            outcome.add(
                open.isEmpty
                    ? nil
                    : Finding(
                        .blocking, "\(repository.name): \(base)", asked: [repository.branchCall],
                        answer: "required: " + open.map { "`\($0.text)`" }.joined(separator: ", "),
                        meaning: "a workflow that the pull request brings along can post a status that this matches "
                            + "(`<workflow> / <job> (pull_request)`), and the forge may take that one for ours",
                        blocks: [Blocked("\(repository.name)")],
                        cure: Cure(repository.requiringWhatIsWanted(Self.self, examination))))
        }
        return outcome
    }
}

extension RepositoryEvidence {
    /// A name that a workflow in a pull request could have.
    private static let own = ["x / y (pull_request)", "countersign: x / y (pull_request)"]

    /// The required patterns that ask for something of ours, and that a workflow's status answers too.
    var openPatterns: [ForgeGlob] {
        guard validPolicy != nil, let base else { return [] }
        let summary = Policy.summaryContext(base: base)
        let alike = ourContexts.filter(\.isOfAWorkflow)
        return requiredPatterns.filter { pattern in
            pattern.isLiteral
                ? alike.contains { pattern.matches($0) }
                : pattern.matches(summary)
                    && (Self.own + ["\(summary) / y (pull_request)"]).contains { pattern.matches($0) }
        }
    }
}

extension String {
    /// Whether a context has the form of those that the forge's Actions post: `workflow / job (event)`.
    fileprivate var isOfAWorkflow: Bool {
        guard hasSuffix(")"), let slash = firstRange(of: " / ") else { return false }
        return self[slash.upperBound...].contains(" (")
    }
}
