import GateForge
import GatePolicy

/// Every team that a policy names exists.
enum TeamExists: Check {
    static let id = "team.missing"
    static let area = Area.proof
    static let promise = "every team that a policy names exists"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let reader = examination.directoryReader
        for organization in examination.organizations {
            if case .failure(let error) = organization.teams[reader], !organization.mentioned.isEmpty {
                guard error.namesNoOrganization else {
                    outcome.skip("the teams of `\(organization.name)` cannot be listed")
                    continue
                }
                outcome.add(
                    Finding(
                        .blocking, organization.name,
                        asked: ["`GET /orgs/\(organization.name)/teams` with `\(reader)`"], answer: error.reason,
                        meaning: "`\(organization.name)` is no organisation, and only organisations have teams",
                        blocks: examination.gates(of: organization.name) { _ in true },
                        cure: Cure(.tell("name people (`@login`) in the policy, or move the repository"))))
                continue
            }
            for name in organization.mentioned.sorted()
            where examination.renamed(name, of: organization) == nil && examination.alike(name, of: organization) == nil
            {
                guard organization.teams[reader] != nil, organization.team(name, reader) == nil else {
                    if organization.team(name, reader) != nil { outcome.add(nil) }
                    continue
                }
                let owner = organization.owner(reader)
                // Signing takes no more than to read what is signed.
                let team = JSONText.of(NewTeam(name: name, permission: "read", includes_all_repositories: false))
                let blocks = examination.gates(of: organization.name) { $0.name == name }
                outcome.add(
                    Finding(
                        .blocking, "\(organization.name)/\(name)",
                        asked: ["`GET /orgs/\(organization.name)/teams` with `\(reader)`"],
                        answer: "there is no team `\(name)`, and none like it",
                        meaning: examination.knowsTeam(name, of: organization)
                            ? "it was deleted: nobody can sign for it"
                            : "it was renamed, deleted, or never made, and the forge does not tell which: nobody can sign "
                                + "for it",
                        blocks: blocks,
                        cure: Cure(
                            examination.perhapsRenamed(name, of: organization, blocks) + [
                                .tell("take the name out of the policies, or name those who sign in its place; else:"),
                                .call(ForgeRequest("POST", "/orgs/\(organization.name)/teams", body: team, by: owner)),
                                .tell(
                                    "add its members: `PUT /teams/ID/members/LOGIN` for each, with the `id` of the answer, "
                                        + "and what they sign for: "
                                        + blocks.compactMap(\.repository).map { "`PUT /teams/ID/repos/\($0)`" }
                                        .joined(separator: ", ")),
                            ])))
            }
        }
        return outcome
    }
}
