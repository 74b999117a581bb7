import GateForge
import GatePolicy
import GateService

/// The service account may post statuses where there is something to gate.
enum MayWriteCode: Check {
    static let id = "access.write"
    static let area = Area.credentials
    static let promise = "the account that posts statuses may write the code of every repository with gates"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let login = examination.serviceLogin ?? "SERVICE"
        for repository in examination.repositories {
            let name = repository.name.description
            let answer: String
            switch repository.rights {
            case .success(let rights):
                if case .absent? = repository.policy { continue }
                if rights.mayPush {
                    outcome.add(nil)
                    continue
                }
                answer = "it may read, and not write"
            case .failure(let error):
                guard case .notFound = error.kind else {
                    outcome.skip("\(name): \(error.reason)")
                    continue
                }
                answer = error.reason
            }
            let body = #"{"permission":"write"}"#
            outcome.add(
                Finding(
                    .blocking, name, asked: ["`GET /repos/\(name)` with `forge.token` (`\(login)`)"], answer: answer,
                    meaning: "no status can be posted there: a required one is never there, or stays what it was",
                    blocks: [Blocked(name, repository.validPolicy?.gates.map(\.name) ?? [])],
                    cure: Cure(
                        .call(
                            ForgeRequest(
                                "PUT", "/repos/\(name)/collaborators/\(login)", body: body,
                                by: .administrator(of: name))))))
        }
        return outcome
    }
}
