import GateForge
import GatePolicy

/// Administrators are held to what a branch requires, too.
enum AdministratorsAreBound: Check {
    static let id = "protection.administrators"
    static let area = Area.protection
    static let promise = "administrators cannot go past what a branch requires"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        var seen: Set<String> = []
        for repository in examination.bases(&outcome) where repository.hasGates {
            judge(repository, nil, examination, &seen, &outcome)
        }
        // What is read from there is changed past its gates, or past the approval that it asks for.
        for law in examination.laws { judge(law.branch, law, examination, &seen, &outcome) }
        return outcome
    }

    private static func judge(
        _ repository: RepositoryEvidence, _ law: LawEvidence?, _ examination: Examination, _ seen: inout Set<String>,
        _ outcome: inout CheckOutcome
    ) {
        // One rule may be for several branches.
        if let rule = repository.rule, !seen.insert("\(repository.name): \(rule.name)").inserted { return }
        guard repository.protectedBranch?.isProtected == true else { return }
        guard let rule = repository.rule else { return outcome.skip(repository.whyNoRule(examination)) }
        let subject = "\(repository.name): \(rule.name)"
        let asked = [repository.ruleCall]
        let readers = law.map { "\($0.isRead): " } ?? ""
        let past = law == nil ? "merge past red gates" : "merge there alone, and so change their gates"
        switch rule.bindsAdministrators {
        case true: outcome.add(nil)
        case false:
            outcome.add(
                Finding(
                    .warning, subject, asked: asked, answer: "`block_admin_merge_override` is off",
                    meaning: "\(readers)who administers the repository can \(past)",
                    cure: Cure(repository.changing(rule, ["block_admin_merge_override": true]))))
        case nil where (try? examination.greeting.get())?.version.contains("+gitea-") == true:
            // The same for every repository there is.
            outcome.skip("whether Forgejo lets administrators past what a branch requires is not told by its API")
        case nil:
            outcome.add(
                Finding(
                    .sound, subject, asked: asked, answer: "this server has no switch for it",
                    meaning: "\(readers)who administers the repository can always \(past)",
                    cure: Cure(.tell("nothing; newer servers have `block_admin_merge_override`"))))
        }
    }
}
