import GateForge
import GatePolicy

/// Reading teams is the work of a token of its own.
enum TokensApart: Check {
    static let id = "proof.arrangement"
    static let area = Area.proof
    static let promise = "teams are read by a token that can do nothing else"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let organization = examination.organizations.first(where: { !$0.mentioned.isEmpty }) else {
            return outcome
        }
        guard examination.directoryReader == .service else {
            outcome.add(nil)
            return outcome
        }
        outcome.add(
            Finding(
                .warning, "forge.directory_token", asked: ["the settings"], answer: "it is not set",
                meaning: "`forge.token` is asked about teams; to see them its account must be in each team, or own "
                    + "`\(organization.name)` and then could change anything in it",
                cure: Cure(examination.newToken(.directory))))
        return outcome
    }
}
