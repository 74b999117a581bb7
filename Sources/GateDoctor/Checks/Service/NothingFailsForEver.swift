import GatePolicy

/// Nothing fails again and again.
enum NothingFailsForEver: Check {
    static let id = "service.failing"
    static let area = Area.service
    static let promise = "nothing fails again and again"
    static let needs = Prerequisite.nothing

    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool { cause.spoilsReading }

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let running = examination.running(&outcome) else { return outcome }
        if running.poisoned.isEmpty { outcome.add(nil) }
        for one in running.poisoned {
            outcome.add(
                Finding(
                    .blocking, one.subject, asked: Examination.askedService,
                    answer: "it failed \(one.attempts) times in a row: \(one.problem)",
                    meaning: "it is tried again more and more seldom, and shows what it showed before",
                    blocks: [Blocked(String(one.subject.prefix { $0 != "#" && $0 != "@" }))],
                    cure: Cure(
                        .tell("put right what it says"), .run("countersign refire \(target(one.subject))"))))
        }
        return outcome
    }

    /// What `refire` takes: a branch is its repository's.
    private static func target(_ subject: String) -> Substring { subject.prefix { $0 != "@" } }
}
