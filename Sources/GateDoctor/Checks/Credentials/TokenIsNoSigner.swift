import GateForge
import GatePolicy

/// The service account is nobody who signs.
enum TokenIsNoSigner: Check {
    static let id = "token.signer"
    static let area = Area.credentials
    static let promise = "the account that posts statuses is in no team that signs"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let account = examination.serviceAccount else {
            outcome.skip("it is not known whose `forge.token` is")
            return outcome
        }
        let reader = examination.directoryReader
        for organization in examination.organizations {
            for name in organization.mentioned.sorted() {
                guard let team = organization.team(name, reader), let members = organization.members(of: name, reader)
                else {
                    outcome.skip("the members of `\(organization.name)/\(name)` are not known")
                    continue
                }
                guard members.contains(account) else {
                    outcome.add(nil)
                    continue
                }
                outcome.add(
                    Finding(
                        .warning, "\(organization.name)/\(team.name)",
                        asked: ["`GET /teams/\(team.id)/members` with `\(reader)`"],
                        answer: "`\(account.login)`, who posts the statuses, is a member",
                        meaning: "its approvals are never counted, and a person who uses it could not sign",
                        cure: Cure(
                            .call(
                                ForgeRequest(
                                    "DELETE", "/teams/\(team.id)/members/\(account.login)",
                                    by: organization.owner(reader))))))
            }
        }
        return outcome
    }
}
