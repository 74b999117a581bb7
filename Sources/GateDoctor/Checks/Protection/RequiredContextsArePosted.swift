import GateForge
import GatePolicy
import GateService

/// Somebody posts everything that a branch requires.
enum RequiredContextsArePosted: Check {
    static let id = "protection.nobody-posts"
    static let area = Area.protection
    static let promise = "somebody posts every required status"
    static let needs = Prerequisite.service

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
            guard case .success(let rows) = repository.statuses else {
                outcome.skip("\(repository.name): no pull request shows who posts \(list(unmatched))")
                continue
            }
            let lonely = unmatched.filter { pattern in !rows.contains { pattern.matches($0.context) } }
            guard !lonely.isEmpty else {
                outcome.add(nil)
                continue
            }
            let kept = patterns.filter { !lonely.contains($0) }.map(\.text)
            outcome.add(
                Finding(
                    .blocking, "\(repository.name): \(base)",
                    asked: [
                        repository.branchCall,
                        "`GET …/commits/…/status` of #\(repository.statusPull ?? 0) with `forge.token`",
                    ],
                    answer: "the branch requires \(list(lonely)), and nobody has posted that",
                    meaning: "no pull request into `\(base)` can ever be merged",
                    blocks: [Blocked("\(repository.name)")], cure: Cure(repository.requiring(kept))))
        }
        return outcome
    }

    private static func list(_ patterns: [ForgeGlob]) -> String {
        patterns.map { "`\($0.text)`" }.joined(separator: ", ")
    }
}
