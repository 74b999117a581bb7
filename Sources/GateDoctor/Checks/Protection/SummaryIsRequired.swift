import GateForge
import GatePolicy

/// A gate without protection is decoration.
enum SummaryIsRequired: Check {
    static let id = "protection.not-required"
    static let area = Area.protection
    static let promise =
        "the summary is required on every branch that a policy speaks of, or that open pull requests are for"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) {
            guard repository.hasGates, let base = repository.base else { continue }
            guard let branch = repository.protectedBranch else {
                outcome.skip("\(repository.name): `\(base)` is not there, or could not be read")
                continue
            }
            let summary = Policy.summaryContext(base: base)
            guard !repository.requiredPatterns.contains(where: { $0.matches(summary) }) else {
                outcome.add(nil)
                continue
            }
            let required = branch.isStatusCheckEnabled ? branch.requiredContexts : []
            let answer =
                !branch.isProtected
                ? "the branch is not protected"
                : required.isEmpty
                    ? "the branch requires no statuses"
                    : "the branch requires " + required.map { "`\($0)`" }.joined(separator: ", ")
            let isBlocking = repository.isMeant
            let perhaps: [Cure.Step] =
                isBlocking ? [] : [.tell("nothing, if people merge into `\(base)` as they like; else:")]
            outcome.add(
                Finding(
                    isBlocking ? .blocking : .warning, "\(repository.name): \(base)", asked: [repository.branchCall],
                    answer: answer,
                    meaning: "`\(summary)` is not among them: the gates are shown, and hold nobody back"
                        + repository.whyNoMoreThanAWarning,
                    blocks: isBlocking
                        ? [Blocked("\(repository.name)")] + readers(of: repository, branch, examination) : [],
                    cure: Cure(
                        perhaps + posting(repository)
                            + repository.requiringWhatIsWanted(Self.self, examination))))
        }
        return outcome
    }

    /// Those whose policies are read from the branch, where a pull request into it waits for nobody.
    private static func readers(
        of repository: RepositoryEvidence, _ branch: BranchAnswer, _ examination: Examination
    ) -> [Blocked] {
        branch.isProtected && branch.requiredApprovals > 0 ? [] : examination.law(of: repository)?.blocks ?? []
    }

    /// A door is not locked before there is a key: the summary must be there before it is required.
    private static func posting(_ repository: RepositoryEvidence) -> [Cure.Step] {
        guard let base = repository.base, case .success(let rows) = repository.statuses,
            !rows.contains(where: { $0.context.isExactly(Policy.summaryContext(base: base)) })
        else { return [] }
        return [.run("countersign refire \(repository.name)")]
    }
}

extension RepositoryEvidence {
    /// Whether somebody means the branch to be held: a policy speaks of it, a rule protects it, or pull requests end there.
    fileprivate var isMeant: Bool {
        if isDefault || isSpokenOf || protectedBranch?.isProtected == true { return true }
        return carrier == nil && !openPulls.isEmpty
    }

    /// Why a branch that is not protected may be as it should.
    fileprivate var whyNoMoreThanAWarning: String {
        guard !isMeant else { return "" }
        if let carrier { return "; what is merged there waits in #\(carrier)" }
        return "; no pull request into it is open"
    }
}
