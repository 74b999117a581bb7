import GateForge
import GatePolicy
import GateService

/// Every policy can be read.
enum PolicyValid: Check {
    static let id = "policy.invalid"
    static let area = Area.policies
    static let promise = "every policy is valid"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            let name = repository.name.description
            switch repository.policy {
            case .policy?: outcome.add(nil)
            case .absent?, nil: continue
            case .unknown(let unknown)?: outcome.skip("\(name): \(repository.base ?? ""): \(unknown.reason)")
            case .broken(let diagnostics)?:
                let shown = diagnostics.map { "\($0.span.file):\($0.span.line):\($0.span.column): \($0.message)" }
                let steps = diagnostics.map { item in
                    Cure.Step.tell(
                        "in `\(item.span.file)` on `\(repository.base ?? "the default branch")` of `\(name)`, line "
                            + "\(item.span.line): \(item.message)\(item.hint.map { "; \($0)" } ?? "")")
                }
                outcome.add(
                    Finding(
                        .blocking, repository.isDefault ? name : "\(name): \(repository.base ?? "")",
                        asked: ["`GET /repos/\(name)/contents/…` with `forge.token`"],
                        answer: shown.joined(separator: "\n"),
                        meaning: "no gate of this repository can be decided; its summary is `error`",
                        blocks: [Blocked(name)], cure: Cure(steps)))
            }
        }
        return outcome
    }
}
