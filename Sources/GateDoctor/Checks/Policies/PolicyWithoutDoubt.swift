import GateForge
import GatePolicy

/// Policies mean what their authors meant.
enum PolicyWithoutDoubt: Check {
    static let id = "policy.doubt"
    static let area = Area.policies
    static let promise = "no policy was read with a warning"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.repositories {
            guard let policy = repository.validPolicy else { continue }
            outcome.add(nil)
            for item in policy.warnings {
                outcome.findings.append(
                    Finding(
                        .warning, "\(repository.name)", asked: ["the policy"],
                        answer: "\(item.span.file):\(item.span.line):\(item.span.column): \(item.message)",
                        meaning: "the policy is used as it stands, and may not say what was meant",
                        cure: Cure(
                            .tell(
                                "in `\(item.span.file)` on `\(repository.base ?? "the default branch")` of "
                                    + "`\(repository.name)`, line \(item.span.line): "
                                    + (item.hint ?? "change it, or leave it")))))
            }
        }
        return outcome
    }
}
