import GateForge
import GatePolicy

/// No team that a policy names was renamed.
enum TeamNotRenamed: Check {
    static let id = "team.renamed"
    static let area = Area.proof
    static let promise = "no team that a policy names was renamed"
    static let needs = Prerequisite.directory

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let reader = examination.directoryReader
        for organization in examination.organizations {
            for name in organization.mentioned.sorted() {
                guard let team = organization.likelyRenamed(name, reader) else {
                    if organization.team(name, reader) != nil { outcome.add(nil) }
                    continue
                }
                outcome.add(
                    Finding(
                        .blocking, "\(organization.name)/\(name)",
                        asked: ["`GET /orgs/\(organization.name)/teams` with `\(reader)`"],
                        answer: "there is no team `\(name)`, but `\(team.name)`, which no policy names",
                        meaning:
                            "the team was most likely renamed: policies name teams, and the forge does not tell of "
                            + "renames",
                        blocks: examination.gates(of: organization.name) { $0.name == name },
                        cure: Cure(
                            .call(
                                ForgeRequest(
                                    "PATCH", "/teams/\(team.id)", body: JSONText.of(["name": name]),
                                    by: organization.owner(reader))),
                            .tell("or write the new name into the policies"))))
            }
        }
        return outcome
    }
}

extension OrganizationEvidence {
    /// The team that a missing one may have become: the only one that no policy names and whose name is near.
    func likelyRenamed(_ name: String, _ reader: Credential) -> OrganizationTeam? {
        guard case .success(let teams) = teams[reader], team(name, reader) == nil else { return nil }
        let free = teams.filter { !$0.isOwners && !mentioned.contains($0.name.lowercased()) }
        let near = free.filter { Self.isNear($0.name.lowercased(), name) }
        return near.count == 1 ? near[0] : nil
    }

    private static func isNear(_ one: String, _ other: String) -> Bool {
        let shorter = one.count < other.count ? one : other
        let longer = one.count < other.count ? other : one
        if shorter.count >= 2, longer.hasPrefix(shorter) || longer.hasSuffix(shorter) { return true }
        return Suggestion.nearest(to: one, among: [other]) != nil
    }
}
