import GateForge
import GatePolicy

/// The forge can use every required pattern: bad ones are dropped with nothing but a line in its log.
enum PatternsCompile: Check {
    static let id = "protection.bad-pattern"
    static let area = Area.protection
    static let promise = "the forge can read every required pattern"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.bases(&outcome) where !repository.requiredPatterns.isEmpty {
            let bad = repository.requiredPatterns.filter { !$0.compiles }
            outcome.add(
                bad.isEmpty
                    ? nil
                    : Finding(
                        .warning, "\(repository.name): \(repository.base ?? "")", asked: [repository.branchCall],
                        answer: "required: " + bad.map { "`\($0.text)`" }.joined(separator: ", "),
                        meaning: "the forge drops a pattern that it cannot read, and then does not require it",
                        cure: Cure(repository.requiringWhatIsWanted(Self.self, examination))))
        }
        return outcome
    }
}
