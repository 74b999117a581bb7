import GateForge
import GatePolicy

/// Our contexts are posted by our account alone.
enum NobodyElsePosts: Check {
    static let id = "protection.foreign-status"
    static let area = Area.protection
    static let promise = "nobody else posts our statuses on the pull requests that moved last"
    static let needs = Prerequisite.service
    static let readsGates = true

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let account = examination.serviceAccount else {
            outcome.skip("it is not known whose `forge.token` is")
            return outcome
        }
        for repository in examination.bases(&outcome) where repository.validPolicy != nil {
            let heads = repository.readHeads + examination.furtherHeads(of: repository)
            if heads.isEmpty { outcome.skip("a branch without pull requests into it shows no statuses") }
            var forgeries: [Forgery] = []
            for head in heads {
                switch head.statuses {
                case .failure(let error): outcome.skip("\(repository.name): #\(head.pull): \(error.reason)")
                case .success(let rows): forgeries += Forgery.among(rows, of: head.pull, in: repository, by: account)
                }
            }
            let open = repository.openPulls.map(\.pullRequest.number)
            let unseen = open.count { number in !heads.contains { $0.pull == number } }
            if unseen > 0 {
                outcome.told.append(
                    "\(repository.name): \(repository.base ?? ""): \(unseen) of \(open.count) open pull requests were "
                        + "not looked at: a service that runs looks at all of them, and so does `countersign refire`")
            }
            if heads.contains(where: { if case .success = $0.statuses { true } else { false } }) {
                outcome.add(finding(forgeries, repository))
            }
        }
        return outcome
    }

    /// A status of ours that somebody else posted.
    private struct Forgery {
        var pull: Int64
        var context: String
        var poster: String

        static func among(
            _ rows: [CommitStatus], of pull: Int64, in repository: RepositoryEvidence, by account: Account
        ) -> [Forgery] {
            let ours = repository.ourContexts
            return rows.filter { row in row.creator != account && ours.contains { $0.isExactly(row.context) } }.map {
                Forgery(
                    pull: pull, context: $0.context,
                    poster: $0.creator.map { "`\($0.login)`" } ?? "the forge's Actions")
            }
        }
    }

    private static func finding(_ forgeries: [Forgery], _ repository: RepositoryEvidence) -> Finding? {
        guard !forgeries.isEmpty else { return nil }
        let posters = forgeries.map(\.poster).unique.joined(separator: ", ")
        let answers = forgeries.map(\.pull).unique.map { pull in
            let own = forgeries.filter { $0.pull == pull }
            return "\(own.map { "`\($0.context)`" }.joined(separator: ", ")) on #\(pull): the newest row is by "
                + own.map(\.poster).unique.joined(separator: ", ")
        }
        return Finding(
            .blocking, "\(repository.name)",
            asked: forgeries.map(\.pull).unique.map { "`GET …/commits/…/status` of #\($0) with `forge.token`" },
            answer: answers.joined(separator: "; "),
            meaning: "the forge takes the newest row, whoever posted it: \(posters) decides in our place",
            blocks: [Blocked("\(repository.name)")],
            cure: Cure(
                .tell("stop the service or script that posts as \(posters), or give its statuses other names"),
                .run("countersign refire \(repository.name)")))
    }
}

extension Examination {
    /// Heads of open pull requests into a branch besides those that it has itself.
    fileprivate func furtherHeads(of repository: RepositoryEvidence) -> [HeadEvidence] {
        repository.openPulls.compactMap { pull in
            heads[pull.reference].map { HeadEvidence(pull: pull.pullRequest.number, statuses: $0) }
        }
    }
}

extension Array where Element: Hashable {
    /// Each once, in their order.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
