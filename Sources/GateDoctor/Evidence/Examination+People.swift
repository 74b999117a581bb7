import GateForge
import GatePolicy

extension Examination {
    /// Who is in the teams, as the token that reads teams is shown it, and who the people are that it was shown.
    /// - Parameter asFew: whether nobody is in a set but those who provably are.
    func people(for repository: RepositoryEvidence, asFew: Bool = false) -> Facts? {
        guard case .success(let rights) = repository.rights else { return nil }
        var shown = rights.repository.repository
        shown.ownerIsOrganization = .known(organization(repository.name.owner)?.isUser != true)
        var facts = Facts.ofPeople(in: shown, now: now)
        facts.serviceAccount = serviceAccount
        for organization in organizations {
            guard case .success(let teams) = organization.teams[directoryReader] else { continue }
            facts.directories[organization.name.lowercased()] = .known(
                TeamDirectory(ids: Dictionary(teams.map { ($0.name.lowercased(), $0.id) }, uniquingKeysWith: { $1 })))
            for team in teams {
                guard case .success(let members)? = organization.members[team.id]?[directoryReader] else { continue }
                let active = members.filter { $0.isActive != false }
                facts.teamMembers[team.id] = .known(TeamMembers(listed: active))
                for member in active { facts.users[member.login.lowercased()] = .known(member) }
            }
        }
        let signers = repository.signers
        facts.writers = asFew ? .provenOnly(signers.writers) : signers.writers
        facts.admins = asFew ? .provenOnly(signers.admins) : signers.admins
        facts.organizationMembers = organization(repository.name.owner)?.people
        // Who owns what depends on the files, which only a pull request tells.
        if asFew {
            if facts.organizationMembers?.value == nil { facts.organizationMembers = .known([]) }
            facts.codeOwners = .known(nil)
        }
        for (login, answer) in people {
            if case .success(let account) = answer { facts.users[login] = .known(account) }
        }
        return facts
    }

    /// Everybody whom policies name and no team's list showed, in lower case.
    var strangers: [String] {
        let shown = organizations.flatMap { $0.members.values }.compactMap { try? $0[directoryReader]?.get() }
        let known = Set(shown.flatMap { $0 }.map { $0.login.lowercased() })
        let named = repositories.flatMap { [$0] + $0.others }.flatMap { repository in
            repository.validPolicy.map { policy in
                (policy.gates.flatMap { policy.people(of: $0) } + policy.peopleOfChanges).flatMap(\.logins)
            } ?? []
        }
        let owners = Set(repositories.flatMap(\.signers.owners).flatMap(\.logins)).subtracting(named)
        return Set(named).subtracting(known).sorted()
            + owners.subtracting(known).sorted().prefix(Self.maximumOwners)
    }

    /// People whom CODEOWNERS files name and who are looked up, of all repositories together.
    private static let maximumOwners = 200
}
