import GateForge
import GatePolicy

/// Somebody active is in every team that a policy names.
enum TeamHasMembers: Check {
    static let id = "team.empty"
    static let area = Area.proof
    static let promise = "somebody is in every team that a policy names"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let reader = examination.directoryReader
        let activity = Activity(examination)
        for organization in examination.organizations {
            for name in organization.mentioned.sorted() {
                guard let team = organization.team(name, reader) else { continue }
                guard let members = organization.members(of: name, reader) else {
                    outcome.skip("the members of `\(organization.name)/\(name)` are not known")
                    continue
                }
                guard members.allSatisfy({ $0.isActive == false }) else {
                    if members.contains(where: { $0.isActive == true }) {
                        outcome.add(nil)
                    } else {
                        outcome.skip(activity.reason ?? "who in `\(organization.name)/\(name)` is active is not known")
                    }
                    continue
                }
                let isHeld = examination.isHeld(by: name, of: organization.name)
                outcome.add(
                    Finding(
                        isHeld ? .blocking : .warning, "\(organization.name)/\(team.name)",
                        asked: ["`GET /teams/\(team.id)/members` with `\(reader)`"],
                        answer: members.isEmpty
                            ? "it has no members" : "its \(members.count) members are deactivated, or may not sign in",
                        meaning: "nobody can sign for it"
                            + (isHeld ? "" : "; the gates that ask for it are advisory or off"),
                        blocks: isHeld ? examination.gates(of: organization.name) { $0.name == name } : [],
                        cure: Cure(
                            .tell("for each member there should be, with the login in the place of LOGIN:"),
                            .call(
                                ForgeRequest(
                                    "PUT", "/teams/\(team.id)/members/LOGIN", by: organization.owner(reader))),
                            // Whoever waits for the team is not undecided.
                            .run("countersign refire \(organization.name) --all"))))
            }
        }
        return outcome
    }
}

extension Examination {
    /// Whether a gate that holds pull requests back asks for a team; the one that guards the policy always does.
    fileprivate func isHeld(by team: String, of organization: String) -> Bool {
        repositories.flatMap { [$0] + $0.others }.contains { repository in
            let gates = (repository.validPolicy?.gates ?? []).filter { $0.mode(at: now).enforces }
            return (gates.flatMap { repository.teams(of: $0) } + repository.teamsOfChanges).contains {
                $0.organization == organization.lowercased() && $0.name == team
            }
        }
    }
}
