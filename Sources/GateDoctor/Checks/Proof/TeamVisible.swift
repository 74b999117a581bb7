import GateForge
import GatePolicy

/// The account that is asked about teams can see each of them.
enum TeamVisible: Check {
    static let id = "proof.team"
    static let area = Area.proof
    static let promise = "the token that reads teams sees every team that a policy names"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let reader = examination.directoryReader
        for organization in examination.organizations where !organization.mentioned.isEmpty {
            guard case .success = organization.teams[reader] else {
                outcome.skip("the teams of `\(organization.name)` cannot be listed")
                continue
            }
            var hidden: [OrganizationTeam] = []
            for name in organization.mentioned.sorted() {
                guard let team = organization.team(name, reader) else { continue }
                switch organization.members[team.id]?[reader] {
                case .success(let members):
                    outcome.add(nil)
                    let isTold = members.allSatisfy { $0.isActive != nil }
                    let active =
                        isTold
                        ? "\(members.count { $0.isActive == true }) active"
                        : "of whom only a site administrator is told who is active"
                    outcome.told.append(
                        "\(organization.name)/\(team.name): \(members.count) in it, \(active), by `\(reader)`"
                            + seenByService(organization, team, reader))
                case .failure(let error):
                    if case .forbidden(let message) = error.kind, message.contains("Must be a team member") {
                        hidden.append(team)
                    } else {
                        outcome.skip("\(organization.name)/\(team.name): \(error.reason)")
                    }
                case nil: outcome.skip("\(organization.name)/\(team.name) was not asked for")
                }
            }
            guard !hidden.isEmpty else { continue }
            let names = Set(hidden.map { $0.name.lowercased() })
            let whose = (try? examination.credential(reader)?.identity?.get()).map { "`\($0.login)`" } ?? "its owner"
            let list = hidden.map { "`\($0.name)`" }.joined(separator: ", ")
            outcome.add(
                Finding(
                    .blocking, "\(reader)", asked: hidden.map { "`GET /teams/\($0.id)/members` with `\(reader)`" },
                    answer: "403: Must be a team member",
                    meaning: "\(whose) is in `\(organization.name)`, but neither owns it nor is in \(list); an owner's "
                        + "token with only `read:organization` sees every team and can do nothing else, while joining "
                        + "each team would make the account one that signs",
                    blocks: examination.gates(of: organization.name) { names.contains($0.name) },
                    cure: Cure(examination.newToken(.directory))))
        }
        return outcome
    }

    /// What the other token is shown: less is safer, for it posts.
    private static func seenByService(
        _ organization: OrganizationEvidence, _ team: OrganizationTeam, _ reader: Credential
    ) -> String {
        guard reader != .service else { return "" }
        let service = Credential.service
        if case .failure(let error) = organization.teams[service] {
            return "; `\(service)` is not shown it: \(error.reason)"
        }
        return switch organization.members[team.id]?[service] {
        case .success(let members): "; \(members.count) in it by `\(service)`"
        case .failure(let error): "; `\(service)` is not shown who is in it: \(error.reason)"
        case nil: ""
        }
    }
}
