import GateForge
import GatePolicy

extension Examiner {
    /// Reads which repositories the teams are given that private ones ask for, each team once, and who else is shown a
    /// repository that one of them is not given.
    func sight(_ examination: inout Examination) async {
        let reader = examination.directoryReader
        for index in examination.organizations.indices {
            let organization = examination.organizations[index]
            guard case .success(let teams) = organization.teams[reader] else { continue }
            let owner = organization.name.lowercased()
            let asked = examination.repositories.filter { $0.isPrivate && $0.name.owner.lowercased() == owner }
                .flatMap(\.askedTeams).filter { $0.organization == owner }.map(\.name)
            let names = Set(asked)
            let wanted = teams.filter {
                names.contains($0.name.lowercased()) && !$0.isOwners && $0.hasAllRepositories != true
            }
            let lists = await wanted.sideBySide(width) { team in
                await outcome { () throws(ForgeError) in try await forge.repositories(ofTeam: team.id, reader) }
            }
            for (team, list) in zip(wanted, lists) { examination.organizations[index].given[team.id] = list }
        }
        let look = examination
        examination.repositories = await look.repositories.sideBySide(width) { repository in
            var repository = repository
            guard repository.isPrivate, repository.askedTeams.contains(where: { !look.isGiven(repository, to: $0) })
            else { return repository }
            let viewers = await forge.viewers(of: repository.name)
            repository.viewers = viewers
            for index in repository.others.indices { repository.others[index].viewers = viewers }
            return repository
        }
    }
}

extension RepositoryEvidence {
    /// Whether not everybody is shown it.
    var isPrivate: Bool { (try? rights.get())?.repository.isPrivate == true }

    /// The teams that its policies ask to sign, those of its further branches included.
    fileprivate var askedTeams: [TeamReference] { ([self] + others).flatMap(\.teams) }
}

extension Examination {
    /// Whether a repository is known to be one of a team's; a team that is not there is told of elsewhere.
    fileprivate func isGiven(_ repository: RepositoryEvidence, to reference: TeamReference) -> Bool {
        guard let organization = organization(reference.organization),
            let team = organization.team(reference.name, directoryReader)
        else { return true }
        guard reference.organization == repository.name.owner.lowercased() else { return false }
        if team.isOwners || team.hasAllRepositories == true { return true }
        guard case .success(let given)? = organization.given[team.id] else { return false }
        return given.contains { $0.isSame(as: repository.name) }
    }
}
