import GateForge
import GatePolicy

/// No required status of ours can be made green by the pull request itself.
enum NobodyElseCanSatisfy: Check {
    static let id = "protection.author-can-post"
    static let area = Area.protection
    static let promise = "no pull request can stand in for a required status of ours by a workflow of its own"
    static let needs = Prerequisite.service
    static let readsGates = true

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) {
            guard repository.validPolicy != nil, let base = repository.base,
                !repository.requiredPatterns.isEmpty
            else { continue }
            let open = repository.openPatterns
            let isHeld = repository.requiresSummaryItself
            outcome.add(
                open.isEmpty
                    ? nil
                    : Finding(
                        isHeld ? .warning : .blocking, "\(repository.name): \(base)", asked: [repository.branchCall],
                        answer: "required: " + open.map { "`\($0.text)`" }.joined(separator: ", "),
                        meaning: "a workflow that the pull request brings along can post a status that this matches "
                            + "(`<workflow> / <job> (pull_request)`), and the forge may take that one for ours",
                        blocks: isHeld ? [] : [Blocked("\(repository.name)")],
                        cure: Cure(repository.requiringWhatIsWanted(Self.self, examination))))
        }
        return outcome
    }
}

extension RepositoryEvidence {
    /// A name that a workflow in a pull request could have.
    private static let own = ["x / y (pull_request)", "countersign: x / y (pull_request)"]

    /// The required patterns that ask for something of ours, and that a workflow's status answers too; a glob is none
    /// of them beside one that asks for the summary itself, for the forge wants all of them answered.
    var openPatterns: [ForgeGlob] {
        guard validPolicy != nil else { return [] }
        let alike = ourContexts.filter(\.isOfAWorkflow)
        let isHeld = requiresSummaryItself
        return requiredPatterns.filter { pattern in
            pattern.isLiteral
                ? alike.contains { pattern.matches($0) } : !isHeld && pattern.matches(summary) && isOpen(pattern)
        }
    }

    /// Whether the branch requires the summary by a pattern that no workflow's status answers.
    var requiresSummaryItself: Bool { requiredPatterns.contains(where: asksForSummaryItself) }

    /// Whether a pattern asks for the summary, and no workflow's status answers it.
    func asksForSummaryItself(_ pattern: ForgeGlob) -> Bool { pattern.matches(summary) && !isOpen(pattern) }

    private var summary: String { Policy.summaryContext(base: base ?? "") }

    private func isOpen(_ pattern: ForgeGlob) -> Bool {
        (Self.own + ["\(summary) / y (pull_request)"]).contains { pattern.matches($0) }
    }
}

extension String {
    /// Whether a context has the form of those that the forge's Actions post: `workflow / job (event)`.
    fileprivate var isOfAWorkflow: Bool {
        guard hasSuffix(")"), let slash = firstRange(of: " / ") else { return false }
        return self[slash.upperBound...].contains(" (")
    }
}
