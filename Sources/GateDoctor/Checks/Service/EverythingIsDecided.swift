import GatePolicy

/// Nothing waits for a fact that could not be known.
enum EverythingIsDecided: Check {
    static let id = "service.undecided"
    static let area = Area.service
    static let promise = "no pull request is undecided"
    static let needs = Prerequisite.nothing

    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool {
        cause.spoilsReading || cause.area == .policies
    }

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let running = examination.running(&outcome) else { return outcome }
        if running.undecided.isEmpty { outcome.add(nil) }
        let byCause = Dictionary(grouping: running.undecided, by: \.cause).sorted { $0.key < $1.key }
        for (cause, pulls) in byCause {
            let subjects = pulls.map(\.subject)
            let repositories = Set(subjects.map { String($0.prefix { $0 != "#" }) }).sorted()
            outcome.add(
                Finding(
                    .blocking, cause, asked: Examination.askedService,
                    answer: "\(list(subjects)): \(pulls.first?.reason ?? "")",
                    meaning: "their summary is `error`; nothing that was looked at here still causes it, so that they "
                        + "wait to be looked at again",
                    blocks: repositories.map { Blocked($0) },
                    cure: Cure(.run("countersign refire \(repositories.joined(separator: " "))"))))
        }
        return outcome
    }

    private static func list(_ subjects: [String]) -> String {
        subjects.prefix(10).joined(separator: ", ")
            + (subjects.count > 10 ? " and \(subjects.count - 10) more" : "")
    }
}
