import GateForge
import GatePolicy

/// Whoever should post the summary does.
enum NewestPullsAreJudged: Check {
    static let id = "protection.unjudged"
    static let area = Area.protection
    static let promise = "the summary that a branch requires is on its newest pull requests"
    static let needs = Prerequisite.service

    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool {
        // What the settings leave out nothing else causes.
        guard finding.subject.contains(": ") else { return false }
        return [.hooks, .service].contains(cause.area) || cause == MayWriteCode.self || cause == TokenScopes.self
    }

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) where repository.asksForSummary {
            if repository.isLeftOut {
                outcome.add(leftOut(repository, examination))
                continue
            }
            guard let base = repository.base, let statuses = repository.statuses else { continue }
            if case .failure(let error) = statuses {
                outcome.skip("\(repository.name): \(error.reason)")
                continue
            }
            if let young = repository.youngPull {
                outcome.told.append("\(repository.name): #\(young) moved a moment ago: nobody had to look at it yet")
            }
            let pulls = repository.unjudgedPulls.map { "#\($0)" }.joined(separator: ", ")
            outcome.add(
                pulls.isEmpty
                    ? nil
                    : Finding(
                        .warning, "\(repository.name): \(base)",
                        asked: [repository.branchCall, "`GET …/commits/…/status` of \(pulls) with `forge.token`"],
                        answer:
                            "nobody has looked at \(pulls) yet: `\(Policy.summaryContext(base: base))` is not there",
                        meaning: "the branch requires it: nothing of that can be merged while nobody posts it",
                        blocks: [Blocked("\(repository.name)")],
                        cure: Cure(.run("countersign refire \(repository.name)"))))
        }
        return outcome
    }

    /// The service looks at none of its pull requests, and its branch waits for what it posts.
    private static func leftOut(_ repository: RepositoryEvidence, _ examination: Examination) -> Finding {
        let name = "\(repository.name)"
        let summary = Policy.summaryContext(base: repository.base ?? "")
        let isRunning = examination.running != nil
        return Finding(
            isRunning ? .blocking : .warning, name,
            asked: ["the settings that this was given", repository.branchCall],
            answer: "`repositories` leaves `\(name)` out, and `\(repository.base ?? "")` requires `\(summary)`",
            meaning:
                "the service posts nothing there: unless `countersign check` in its CI does, what is pending stays "
                + "so, and what is green is judged by nobody",
            blocks: isRunning ? [Blocked(name)] : [],
            cure: Cure(
                .tell(
                    "in the settings: let `repositories` have `\(name)` (or take `!\(name)` out of it), and start the "
                        + "service anew; or do not require `\(summary)` there"),
                .run("countersign refire \(name) --all")))
    }
}

extension RepositoryEvidence {
    /// Whether the branch requires the summary, and there is a policy that makes us post it.
    fileprivate var asksForSummary: Bool {
        guard hasGates, let base else { return false }
        let summary = Policy.summaryContext(base: base)
        return requiredPatterns.contains { $0.matches(summary) }
    }

    /// The newest pull request, where it lacks a summary that its branch requires.
    private var unjudgedNewest: Int64? {
        guard asksForSummary, case .success(let rows) = statuses, let number = statusPull, isOpen(number),
            !isJudged(rows)
        else { return nil }
        return number
    }

    /// The same, where it moved so lately that nobody had to look at it yet.
    fileprivate var youngPull: Int64? { isNewestYoung ? unjudgedNewest : nil }

    /// Open pull requests into the branch that lack a summary it requires, of those whose heads were looked at.
    var unjudgedPulls: [Int64] {
        guard let number = unjudgedNewest else { return [] }
        var read: [(pull: Int64, isJudged: Bool)] = []
        for head in otherHeads {
            if case .success(let rows) = head.statuses { read.append((head.pull, isJudged(rows))) }
        }
        // The newest one may have to wait for a moment, where others show that somebody looks.
        if !isNewestSettled, read.contains(where: \.isJudged) { return [] }
        return (isNewestYoung ? [] : [number]) + read.filter { !$0.isJudged && isOpen($0.pull) }.map(\.pull)
    }

    private func isOpen(_ number: Int64) -> Bool { openPulls.contains { $0.pullRequest.number == number } }

    private func isJudged(_ rows: [CommitStatus]) -> Bool {
        let summary = Policy.summaryContext(base: base ?? "")
        return rows.contains { $0.context.isExactly(summary) }
    }

    /// Whether the newest head has had the time to get all of its statuses; the others that are read have.
    private var isNewestSettled: Bool {
        settledHeads > otherHeads.filter { if case .success = $0.statuses { true } else { false } }.count
    }

    /// Whether other heads tell more: of a required status that is on none so far, or whether somebody looks at all.
    var needsOtherHeads: Bool {
        let orphans = orphanedPatterns
        return lonelyPatterns.contains { !orphans.contains($0) } || (!isNewestSettled && unjudgedNewest != nil)
    }
}
