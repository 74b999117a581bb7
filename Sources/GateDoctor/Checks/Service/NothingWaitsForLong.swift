import GatePolicy

/// Nothing has been pending for longer than the service's `pending.days`.
enum NothingWaitsForLong: Check {
    static let id = "service.pending"
    static let area = Area.service
    static let promise = "nothing has been pending for longer than `pending.days`"
    static let needs = Prerequisite.nothing

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let running = examination.running(&outcome) else { return outcome }
        if running.pending.isEmpty { outcome.add(nil) }
        if let seconds = running.pendingSeconds {
            outcome.told = ["told is what has been pending for \(seconds / 86_400) days"]
        }
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
