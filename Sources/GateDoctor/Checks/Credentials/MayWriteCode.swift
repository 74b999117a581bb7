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
        var shutOut: [(owner: String, repositories: [ShutOut])] = []
        for repository in examination.repositories {
            let name = repository.name.description
            let answer: String
            switch repository.rights {
            case .success(let rights):
                if case .absent? = repository.policy, !repository.isGatedSomewhere { continue }
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
                switch examination.sight(of: repository) {
                case .gated(let sign?): answer = "\(error.reason); the administrator is shown that \(sign)"
                case .gated(nil): answer = error.reason
                case .ungated:
                    outcome.add(nil)
                    continue
                case .unknown: continue
                }
            }
            let one = ShutOut(repository: repository, answer: answer)
            let owner = repository.name.owner
            if let index = shutOut.firstIndex(where: { $0.owner.lowercased() == owner.lowercased() }) {
                shutOut[index].repositories.append(one)
            } else {
                shutOut.append((owner, [one]))
            }
        }
        for (owner, repositories) in shutOut { outcome.add(finding(owner, repositories, examination)) }
        if let unseen = examination.unseen { outcome.skip(unseen) }
        return outcome
    }

    /// A repository with gates in which nothing can be posted.
    private struct ShutOut {
        var repository: RepositoryEvidence
        var answer: String
        var name: String { repository.name.description }
    }

    /// One that is left out of a team is left out of many repositories: that is one cause.
    private static func finding(
        _ owner: String, _ repositories: [ShutOut], _ examination: Examination
    ) -> Finding {
        let login = examination.serviceLogin ?? "SERVICE"
        let names = repositories.map(\.name)
        let isOne = names.count == 1
        let subject = isOne ? names[0] : "\(names.count) repositories of `\(owner)`"
        let asked = names.map { "`GET /repos/\($0)` with `forge.token` (`\(login)`)" }
        let answers = repositories.map { isOne ? $0.answer : "`\($0.name)`: \($0.answer)" }
        let rights = names.map { name in
            Cure.Step.call(
                ForgeRequest(
                    "PUT", "/repos/\(name)/collaborators/\(login)", body: #"{"permission":"write"}"#,
                    by: .administrator(of: name)))
        }
        let team = Cure.Step.tell(
            "put `\(login)` into a team of `\(owner)` that may write their code, as `countersign provision` does; or, "
                + "one by one:")
        return Finding(
            .blocking, subject, asked: Self.few(asked), answer: Self.few(answers).joined(separator: "; "),
            meaning: "no status can be posted there: a required one is never there, or stays what it was",
            blocks: repositories.map { Blocked($0.name, $0.repository.validPolicy?.gates.map(\.name) ?? []) },
            cure: Cure(
                (isOne ? [] : [team]) + rights + [.run("countersign refire \(isOne ? names[0] : owner) --all")]))
    }

    /// What is the same for many is told of the first ones.
    private static func few(_ lines: [String]) -> [String] {
        lines.count <= 5 ? lines : lines.prefix(5) + ["… and so for \(lines.count - 5) more"]
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
    /// What is known of the gates of a repository that the service account is not shown.
    fileprivate enum Sight {
        /// It has gates, and what an administrator was shown that says so.
        case gated(String?)
        /// It has none.
        case ungated
        /// Nobody knows.
        case unknown
    }

    /// Where nobody named it, and its organisation asks nothing of all, there may be nothing to gate.
    fileprivate func sight(of repository: RepositoryEvidence) -> Sight {
        guard repository.origin == .listed, organization(repository.name.owner)?.policy?.isAbsent == true else {
            return .gated(nil)
        }
        switch repository.gateSign {
        case .success(let sign?): return .gated(sign)
        case .success(nil): return .ungated
        case .failure, nil: return .unknown
        }
    }

    /// The repositories of which nobody knows whether they have gates, and what would tell.
    fileprivate var unseen: String? {
        let unseen = repositories.filter { repository in
            guard case .failure(let error) = repository.rights, case .notFound = error.kind else { return false }
            if case .unknown = sight(of: repository) { return repository.isThere != false }
            return false
        }
        guard !unseen.isEmpty else { return nil }
        let login = serviceLogin.map { "`\($0)`" } ?? "the account"
        let what = unseen.count == 1 ? "1 repository that \(login) is" : "\(unseen.count) repositories that \(login) is"
        let names = unseen.prefix(5).map { "`\($0.name)`" }.joined(separator: ", ") + (unseen.count > 5 ? ", …" : "")
        let refusal = unseen.lazy.compactMap { repository -> String? in
            if case .failure(let error)? = repository.gateSign { error.reason } else { nil }
        }.first
        return "\(what) not shown, so that nobody knows whether gates wait there: \(names): "
            + (refusal.map { "nor did the administrator's credential show it: \($0)" }
                ?? "\(administratorWanted), who is shown it, or let \(login) write the code of those with gates")
    }
}
