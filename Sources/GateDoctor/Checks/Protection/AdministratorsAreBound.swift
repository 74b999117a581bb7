import GateForge
import GatePolicy

/// Administrators are held to the gates too.
enum AdministratorsAreBound: Check {
    static let id = "protection.administrators"
    static let area = Area.protection
    static let promise = "administrators cannot go past the required statuses"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        var seen: Set<String> = []
        for repository in examination.bases(&outcome) {
            // One rule may be for several branches.
            if let rule = repository.rule, !seen.insert("\(repository.name): \(rule.name)").inserted { continue }
            guard repository.hasGates, repository.protectedBranch?.isProtected == true else { continue }
            guard let rule = repository.rule else {
                outcome.skip(repository.whyNoRule(examination))
                continue
            }
            let asked = [repository.ruleCall]
            switch rule.bindsAdministrators {
            case true: outcome.add(nil)
            case false:
                outcome.add(
                    Finding(
                        .warning, "\(repository.name): \(rule.name)", asked: asked,
                        answer: "`block_admin_merge_override` is off",
                        meaning: "who administers the repository can merge past red gates",
                        cure: Cure(repository.changing(rule, ["block_admin_merge_override": true]))))
            case nil where (try? examination.greeting.get())?.version.contains("+gitea-") == true:
                outcome.skip("\(repository.name): whether Forgejo lets administrators past is not told by its API")
            case nil:
                outcome.add(
                    Finding(
                        .sound, "\(repository.name): \(rule.name)", asked: asked,
                        answer: "this server has no switch for it",
                        meaning: "who administers the repository can always merge past red gates",
                        cure: Cure(.tell("nothing; newer servers have `block_admin_merge_override`"))))
            }
        }
        return outcome
    }
}
