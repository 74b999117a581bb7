import GateForge
import GatePolicy

/// What lands is what was judged: no merge puts the commits anew on the base.
enum NothingIsRebased: Check {
    static let id = "protection.rebase"
    static let area = Area.protection
    static let promise = "no merge lands anything else than what was judged"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.repositories where repository.isGatedSomewhere {
            guard let rights = try? repository.rights.get() else { continue }
            switch rights.repository.allowsRebase {
            case false: outcome.add(nil)
            case nil:
                outcome.skip("\(repository.name): whether pull requests may be merged by rebase is not told")
            case true:
                let call = ForgeRequest(
                    "PATCH", "/repos/\(repository.name)",
                    body: #"{"has_pull_requests":true,"allow_rebase":false,"allow_rebase_explicit":false}"#,
                    by: .administrator(of: "\(repository.name)"))
                outcome.add(
                    Finding(
                        .warning, "\(repository.name)", asked: ["`GET /repos/\(repository.name)`"],
                        answer: "pull requests may be merged by rebase",
                        meaning: "a rebase leaves merge commits out, and what the base has already: what lands can be "
                            + "another thing than the head that was judged",
                        cure: Cure(
                            .tell("where rebase is the only way to merge, add `\"allow_merge_commits\":true`:"),
                            .call(call))))
            }
        }
        return outcome
    }
}
