import GateForge
import GatePolicy
import GateService

/// Somebody posts everything that a branch requires.
enum RequiredContextsArePosted: Check {
    static let id = "protection.nobody-posts"
    static let area = Area.protection
    static let promise = "somebody posts every required status"
    static let needs = Prerequisite.service

    /// Where no repository has a policy that is told once.
    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool {
        cause == PolicyPresent.self && finding.answer.hasSuffix(Self.withoutPolicy)
    }

    private static let withoutPolicy = "and there is no policy on it"

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) {
            let patterns = repository.requiredPatterns.filter(\.compiles)
            guard !patterns.isEmpty, let base = repository.base else { continue }
            switch repository.policy {
            case .policy?, .absent?: break
            default:
                outcome.skip("\(repository.name): what its policy posts is not known")
                continue
            }
            let ours = repository.ourContexts
            let unmatched = patterns.filter { pattern in !ours.contains { pattern.matches($0) } }
            guard !unmatched.isEmpty else {
                outcome.add(nil)
                continue
            }
            let orphans = repository.orphanedPatterns
            if !orphans.isEmpty { outcome.add(orphaned(orphans, base, repository, examination)) }
            let open = unmatched.filter { !orphans.contains($0) }
            guard !open.isEmpty else { continue }
            guard case .success = repository.statuses else {
                outcome.skip("\(repository.name): no pull request shows who posts \(list(open))")
                continue
            }
            let lonely = repository.lonelyPatterns.filter { !orphans.contains($0) }
            for case .failure(let error) in repository.otherHeads.map(\.statuses) where !lonely.isEmpty {
                outcome.skip("\(repository.name): \(error.reason)")
            }
            outcome.add(lonely.isEmpty ? nil : finding(lonely, base, repository, examination))
        }
        return outcome
    }

    /// One head, or one that is still waiting for its statuses, proves nothing of all others.
    static let enoughHeads = 2

    private static func finding(
        _ lonely: [ForgeGlob], _ base: String, _ repository: RepositoryEvidence, _ examination: Examination
    ) -> Finding {
        let isProven = repository.settledHeads >= enoughHeads
        let read = repository.otherHeads.filter { if case .success = $0.statuses { true } else { false } }
        let pulls = ([repository.statusPull ?? 0] + read.map(\.pull)).map { "#\($0)" }.joined(separator: ", ")
        return Finding(
            isProven ? .blocking : .warning, "\(repository.name): \(base)",
            asked: [repository.branchCall, "`GET …/commits/…/status` of \(pulls) with `forge.token`"],
            answer: "the branch requires \(list(lonely)), and nobody has posted that on \(pulls)",
            meaning: isProven
                ? "no pull request into `\(base)` can be merged while nobody posts it"
                : "a pull request on which nobody posts it can never be merged; that was seen on too few to say that "
                    + "nobody ever does",
            blocks: isProven ? [Blocked("\(repository.name)")] : [],
            cure: Cure(
                [
                    .tell(
                        "let what should post it run on every pull request into `\(base)`; if nothing posts it any more:"
                    )
                ]
                    + repository.requiringWhatIsWanted(Self.self, examination)))
    }

    /// It is we who do not post: no head has to prove it.
    private static func orphaned(
        _ orphans: [ForgeGlob], _ base: String, _ repository: RepositoryEvidence, _ examination: Examination
    ) -> Finding {
        let back: [Cure.Step] =
            repository.isDefault
            ? PolicyPresent.offering(repository)
            : [.tell("put a policy on `\(base)`, by a pull request into it"), refire(repository)]
        let without = repository.requiringNoMore(orphans)
        return Finding(
            .blocking, "\(repository.name): \(base)",
            asked: [repository.branchCall, "`GET /repos/\(repository.name)/contents/…` with `forge.token`"],
            answer: "the branch requires \(list(orphans)), \(withoutPolicy)",
            meaning: "nothing posts that without a policy, and what was posted before stays as it was: what is pending "
                + "waits for ever, and what is green is judged by nobody",
            blocks: [Blocked("\(repository.name)")],
            cure: Cure(back + without))
    }

    private static func refire(_ repository: RepositoryEvidence) -> Cure.Step {
        .run("countersign refire \(repository.name) --all")
    }

    private static func list(_ patterns: [ForgeGlob]) -> String {
        patterns.map { "`\($0.text)`" }.joined(separator: ", ")
    }
}
