import GateForge
import GatePolicy

/// Our contexts are posted by our account alone.
enum NobodyElsePosts: Check {
    static let id = "protection.foreign-status"
    static let area = Area.protection
    static let promise = "nobody else posts our statuses"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let account = examination.serviceAccount else {
            outcome.skip("it is not known whose `forge.token` is")
            return outcome
        }
        for repository in examination.bases(&outcome) {
            guard repository.validPolicy != nil else { continue }
            guard case .success(let rows) = repository.statuses else {
                if case .failure(let error) = repository.statuses {
                    outcome.skip("\(repository.name): \(error.reason)")
                } else {
                    outcome.skip("a branch without pull requests into it shows no statuses")
                }
                continue
            }
            let ours = repository.ourContexts
            let foreign = rows.filter { row in
                row.creator != account && ours.contains { $0.isExactly(row.context) }
            }
            guard let first = foreign.first else {
                outcome.add(nil)
                continue
            }
            let poster = first.creator.map { "`\($0.login)`" } ?? "the forge's Actions"
            outcome.add(
                Finding(
                    .blocking, "\(repository.name)",
                    asked: ["`GET …/commits/…/status` of #\(repository.statusPull ?? 0) with `forge.token`"],
                    answer:
                        "\(foreign.map { "`\($0.context)`" }.joined(separator: ", ")): the newest row is by \(poster)",
                    meaning: "the forge takes the newest row, whoever posted it: \(poster) decides in our place",
                    blocks: [Blocked("\(repository.name)")],
                    cure: Cure(
                        .tell("stop the service or script that posts as \(poster), or give its statuses other names"),
                        .run("countersign refire \(repository.name)"))))
        }
        return outcome
    }
}
