import GatePolicy

/// Nobody else posted our statuses where they count.
enum NobodyForges: Check {
    static let id = "service.foreign-status"
    static let area = Area.service
    static let promise = "nobody else posted our statuses on open pull requests"
    static let needs = Prerequisite.nothing

    static func follows(_ finding: Finding, from cause: any Check.Type) -> Bool { cause == NobodyElsePosts.self }

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let running = examination.running(&outcome) else { return outcome }
        if running.foreign.isEmpty { outcome.add(nil) }
        for (subject, rows) in Dictionary(grouping: running.foreign, by: \.subject).sorted(by: { $0.key < $1.key }) {
            let creators = Set(rows.map(\.creator)).sorted().joined(separator: ", ")
            outcome.add(
                Finding(
                    .warning, subject, asked: Examination.askedService,
                    answer: "\(creators) posted "
                        + Set(rows.map { "`\($0.context)`" }).sorted().joined(separator: ", "),
                    meaning: "the service posts its own again, and marks the pull request until somebody has looked",
                    blocks: [Blocked(String(subject.prefix { $0 != "#" }))],
                    cure: Cure(
                        .tell("ask \(creators) why, and stop what posts these statuses"),
                        .run("countersign forget \(subject)", needsForge: false))))
        }
        return outcome
    }
}
