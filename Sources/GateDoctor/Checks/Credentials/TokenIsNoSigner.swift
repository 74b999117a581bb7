import GateForge
import GatePolicy

/// The service account is nobody who signs.
enum TokenIsNoSigner: Check {
    static let id = "token.signer"
    static let area = Area.credentials
    static let promise = "the account that posts statuses is nobody who signs"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        guard let account = examination.serviceAccount else {
            outcome.skip("it is not known whose `forge.token` is")
            return outcome
        }
        let reader = examination.directoryReader
        namedPeople(account, examination, &outcome)
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
                            // Whoever reads teams by being in them must be able to read them otherwise first.
                            (reader == .service
                                ? examination.newToken(.directory, of: .owner(of: organization.name)) : [])
                                + [
                                    .call(
                                        ForgeRequest(
                                            "DELETE", "/teams/\(team.id)/members/\(account.login)",
                                            by: organization.owner(reader)))
                                ])))
            }
        }
        return outcome
    }

    /// Somebody whom a policy names is a person who signs, in no team.
    private static func namedPeople(_ account: Account, _ examination: Examination, _ outcome: inout CheckOutcome) {
        for repository in examination.repositories.flatMap({ [$0] + $0.others }) {
            guard let policy = repository.validPolicy else { continue }
            let login = account.login.lowercased()
            let gates = policy.gates.filter { gate in policy.people(of: gate).contains { $0.signers.contains(login) } }
            guard !gates.isEmpty else {
                outcome.add(nil)
                continue
            }
            let names = gates.map { "`\($0.name)`" }.joined(separator: ", ")
            outcome.add(
                Finding(
                    .warning,
                    repository.isDefault ? "\(repository.name)" : "\(repository.name): \(repository.base ?? "")",
                    asked: ["the policy", "`GET /user` with `forge.token`"],
                    answer: "`\(account.login)`, who posts the statuses, is named by \(names)",
                    meaning: "its approvals are never counted, and whoever it belongs to cannot sign",
                    cure: Cure(
                        .tell(
                            "let an account of its own post the statuses, with the login of a site administrator in the place of ADMIN:"
                        ),
                        examination.provision(repository.name.owner),
                        .tell("or name somebody else in the policy"))))
        }
    }
}
