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
        var unseen: [String] = []
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
                guard repository.isThere != false else {
                    outcome.add(misspelt(name, error))
                    continue
                }
                // Where nobody named it, and its organisation asks nothing of all, there may be nothing to gate.
                if repository.origin == .listed, examination.requiresNothing(repository.name.owner) {
                    unseen.append("`\(name)`")
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
                                by: .administrator(of: name))),
                        .run("countersign refire \(name) --all"))))
        }
        if !unseen.isEmpty {
            outcome.skip(
                "\(unseen.count) repositories that the account is not shown, so that nobody knows whether they have gates: "
                    + unseen.prefix(5).joined(separator: ", ") + (unseen.count > 5 ? ", …" : ""))
        }
        return outcome
    }

    /// Not even an administrator sees it.
    private static func misspelt(_ name: String, _ error: ForgeError) -> Finding {
        Finding(
            .blocking, name, asked: ["`GET /repos/\(name)` with `forge.token`, and with an administrator's token"],
            answer: error.reason, meaning: "there is no repository of that name, or nobody here may see it",
            blocks: [Blocked(name)], cure: Cure(.tell("check the name of the repository, and of its owner")))
    }
}

extension Examination {
    /// Whether an organisation provably requires nothing of all of its repositories.
    fileprivate func requiresNothing(_ owner: String) -> Bool { organization(owner)?.policy?.isAbsent == true }
}
