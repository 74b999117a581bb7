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
                if organization.team(name, reader) != nil {
                    outcome.add(nil)
                } else if let team = examination.renamed(name, of: organization) {
                    outcome.add(finding(name, team, isProven: true, organization, examination))
                } else if let team = examination.alike(name, of: organization) {
                    outcome.add(finding(name, team, isProven: false, organization, examination))
                }
            }
        }
        return outcome
    }

    /// The forge does not tell of renames: only the id that a policy was first used with proves one.
    ///
    /// A team whose name is merely alike is proposed to nobody but whoever decides on the policy.
    private static func finding(
        _ name: String, _ team: OrganizationTeam, isProven: Bool, _ organization: OrganizationEvidence,
        _ examination: Examination
    ) -> Finding {
        let reader = examination.directoryReader
        let blocks = examination.gates(of: organization.name) { $0.name == name }
        let policies = blocks.compactMap(\.repository).map { "`\($0)`" }.joined(separator: ", ")
        let edit =
            "in the policies of \(policies), write `\(team.name)` in the place of `\(name)`"
        return Finding(
            .blocking, "\(organization.name)/\(name)",
            asked: ["`GET /orgs/\(organization.name)/teams` with `\(reader)`"],
            answer: isProven
                ? "there is no team `\(name)`; team \(team.id), which it was, is called `\(team.name)`"
                : "there is no team `\(name)`, but one called `\(team.name)`",
            meaning: isProven
                ? "the team was renamed: policies name teams"
                : "the team was renamed or deleted: the forge does not tell which, and a team with a name like it may "
                    + "be another one",
            blocks: blocks,
            cure: isProven
                ? Cure(
                    .call(
                        ForgeRequest(
                            "PATCH", "/teams/\(team.id)", body: JSONText.of(["name": name]),
                            by: organization.owner(reader))), .tell("or \(edit)"))
                : Cure(
                    .tell("if it was renamed, and only then, \(edit)"),
                    .tell("or name those who shall sign in its place, if it was deleted")))
    }
}

extension OrganizationEvidence {
    /// The teams that no policy names, those of owners apart.
    fileprivate func unnamed(_ teams: [OrganizationTeam]) -> [OrganizationTeam] {
        teams.filter { !$0.isOwners && !mentioned.contains($0.name.lowercased()) }
    }
}

extension Examination {
    /// The team that a missing one has become, by the id that policies were first used with.
    func renamed(_ name: String, of organization: OrganizationEvidence) -> OrganizationTeam? {
        guard case .success(let teams) = organization.teams[directoryReader],
            organization.team(name, directoryReader) == nil,
            let id = running?.knownTeams?["\(organization.name.lowercased())/\(name.lowercased())"]
        else { return nil }
        return teams.first { $0.id == id }
    }

    /// The only team with a name like that of a missing one, where nobody knows which team that was.
    func alike(_ name: String, of organization: OrganizationEvidence) -> OrganizationTeam? {
        guard case .success(let teams) = organization.teams[directoryReader],
            organization.team(name, directoryReader) == nil, !knowsTeam(name, of: organization)
        else { return nil }
        let near = organization.unnamed(teams).filter { Self.isNear($0.name.lowercased(), name) }
        return near.count == 1 ? near[0] : nil
    }

    /// Whether the service knows by its id which team a name meant.
    func knowsTeam(_ name: String, of organization: OrganizationEvidence) -> Bool {
        running?.knownTeams?["\(organization.name.lowercased())/\(name.lowercased())"] != nil
    }

    /// The first thing to look at where a team is missing: which of those that no policy names it may be now.
    func perhapsRenamed(
        _ name: String, of organization: OrganizationEvidence, _ blocks: [Blocked]
    ) -> [Cure.Step] {
        guard case .success(let teams) = organization.teams[directoryReader], !knowsTeam(name, of: organization) else {
            return []
        }
        let free = organization.unnamed(teams).map { "`\($0.name)`" }.sorted()
        guard !free.isEmpty else { return [] }
        let some = free.prefix(10).joined(separator: ", ") + (free.count > 10 ? ", …" : "")
        let policies = blocks.compactMap(\.repository).map { "`\($0)`" }.joined(separator: ", ")
        return [
            .tell(
                "if it is \(free.count == 1 ? some : "one of \(some)") under a new name, and only then, rename it back, "
                    + "or write the new name in the place of `\(name)` in the policies of \(policies); else:")
        ]
    }

    private static func isNear(_ one: String, _ other: String) -> Bool {
        let shorter = one.count < other.count ? one : other
        let longer = one.count < other.count ? other : one
        if shorter.count >= 2, longer.hasPrefix(shorter) || longer.hasSuffix(shorter) { return true }
        return Suggestion.nearest(to: one, among: [other]) != nil
    }
}
