import GatePolicy

/// Nothing has been pending for longer than a week.
enum NothingWaitsForLong: Check {
    static let id = "service.pending"
    static let area = Area.service
    static let promise = "nothing has been pending for longer than a week"
    static let needs = Prerequisite.nothing

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let running = examination.running else { return outcome }
        if running.pending.isEmpty { outcome.add(nil) }
        for (subject, rows) in Dictionary(grouping: running.pending, by: \.subject).sorted(by: { $0.key < $1.key }) {
            let since = rows.map(\.since).min() ?? running.now
            let days = (running.now.seconds - since.seconds) / 86_400
            outcome.add(
                Finding(
                    .sound, subject, asked: Examination.askedService,
                    answer: Set(rows.map { "`\($0.context)`" }).sorted().joined(separator: ", ")
                        + " pending for \(days) days",
                    meaning: "people have not signed yet, or do not know that they are asked",
                    cure: Cure(.run("countersign explain \(subject)"), .tell("and ask those whom it names"))))
        }
        return outcome
    }
}
