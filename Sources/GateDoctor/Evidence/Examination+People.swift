import GateForge
import GatePolicy

extension Examination {
    /// Who is in the teams, as the token that reads teams is shown it, and who the people are that it was shown.
    /// - Parameters:
    ///   - activity: who of them is known to be active.
    ///   - asFew: whether nobody is in a set but those who provably are.
    ///   - viewers: those who alone are in teams, because nobody else is shown what they sign for; nil for everybody.
    func people(
        for repository: RepositoryEvidence, _ activity: Activity, asFew: Bool = false, viewers: [Account]? = nil
    ) -> Facts? {
        let seeing = viewers.map { Set($0.map(\.id)) }
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
                let active = members.filter { $0.isActive != false && seeing?.contains($0.id) != false }
                facts.teamMembers[team.id] = .known(TeamMembers(listed: active))
                for member in active { facts.users[member.login.lowercased()] = .known(member) }
            }
        }
        let signers = repository.signers
        facts.writers = (asFew ? .provenOnly(signers.writers) : signers.writers)?.told(by: activity)
        facts.admins = (asFew ? .provenOnly(signers.admins) : signers.admins)?.told(by: activity)
        facts.organizationMembers = organization(repository.name.owner)?.people?.map { people in
            people.map { $0.told(by: activity) }
        }
        // Who owns what depends on the files, which only a pull request tells.
        if asFew {
            let members = facts.organizationMembers?.value ?? []
            facts.organizationMembers = .known(members.filter { seeing?.contains($0.id) != false })
            facts.codeOwners = .known(nil)
        }
        for (login, answer) in people {
            guard case .success(let account) = answer else { continue }
            let isShown = !asFew || account.map { seeing?.contains($0.id) != false } ?? true
            facts.users[login] = .known(isShown ? account : nil)
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
        // Of those who hold a right only a site administrator is told who is active.
        let isTold = shown.allSatisfy(\.isEmpty) || shown.contains { $0.contains { $0.isActive != nil } }
        let asks = hasAdministrator && administratorRefusal == nil && isTold
        let holders = asks ? holders.map { $0.login.lowercased() } : []
        let owners = Set(repositories.flatMap(\.signers.owners).flatMap(\.logins)).subtracting(named)
        return Set(named).subtracting(known).sorted()
            + owners.union(holders).subtracting(named).subtracting(known).sorted().prefix(Self.maximumOwners)
    }

    /// Those who hold a right that gates ask for.
    private var holders: [Account] {
        let rights = repositories.flatMap { [$0.signers.writers, $0.signers.admins] }.compactMap { $0?.proven }
        return rights.flatMap { $0 } + organizations.flatMap { $0.people?.value ?? [] }
    }

    /// People whom CODEOWNERS files name, or who hold rights, and who are looked up, of all repositories together.
    private static let maximumOwners = 200
}

extension Account {
    /// The same, with what others were told of whether it is active.
    fileprivate func told(by activity: Activity) -> Account {
        var account = self
        account.isActive = activity.isActive(self)
        return account
    }
}

extension RightHolders {
    /// The same, with what others were told of who is active.
    fileprivate func told(by activity: Activity) -> RightHolders {
        var holders = self
        holders.proven = proven.map { $0.told(by: activity) }
        holders.possible = possible?.map { $0.told(by: activity) }
        return holders
    }
}
