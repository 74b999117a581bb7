import GateForge
import GatePolicy

extension Examiner {
    /// Reads the teams that policies mention, as every credential is shown them.
    func organizations(_ examination: inout Examination) async {
        // A branch may have a policy of its own, with teams of its own.
        let teams = examination.repositories.flatMap { [$0] + $0.others }.flatMap(\.teams)
        // Those of CODEOWNERS are read as well, where gates ask for owners.
        let owners = examination.repositories.flatMap { repository in
            repository.signers.owners.flatMap { $0.teams(in: repository.name.owner) }
        }
        for team in teams + owners
        where examination.organization(team.organization) == nil {
            examination.organizations.append(OrganizationEvidence(team.organization))
        }
        let reader = examination.directoryReader
        for index in examination.organizations.indices {
            let name = examination.organizations[index].name
            let mentioned = Set(teams.filter { $0.organization == name.lowercased() }.map(\.name))
            examination.organizations[index].mentioned = mentioned
            // Where no policy names a team the token that reads them is tried all the same.
            let owning = Set(owners.filter { $0.organization == name.lowercased() }.map(\.name))
            guard
                !mentioned.isEmpty || !owning.isEmpty || hookAddress != nil || reader == .directory
                    || examination.showsNothing(of: examination.organizations[index])
            else { continue }
            if examination.obstacle(of: reader)?.hinders(.teams) != true {
                await read(&examination.organizations[index], reader, besides: owning)
                if examination.administratorRefusal == nil {
                    await activity(&examination.organizations[index], reader)
                }
            }
            if reader != .service, !mentioned.isEmpty {
                await read(&examination.organizations[index], .service, withOwners: false)
            }
            if hookAddress != nil { await hooks(&examination.organizations[index], reader) }
        }
        if hookAddress != nil, let administrator, examination.administratorRefusal == nil {
            examination.siteHooks = await siteHooks(administrator)
        }
    }

    /// The webhooks of the whole site; nil for whoever is no site administrator, or lent a token without that scope, and
    /// where the forge is too old to show them.
    private func siteHooks(_ administrator: Credential) async -> Result<[Webhook], ForgeError>? {
        let hooks = await outcome { () throws(ForgeError) in try await forge.webhooks(at: .site, administrator) }
        if case .failure(let error) = hooks, [.refused, .missingScope].contains(error.cause) { return nil }
        return hooks
    }

    private func read(
        _ organization: inout OrganizationEvidence, _ reader: Credential, besides: Set<String> = [],
        withOwners: Bool = true
    ) async {
        let name = organization.name
        let list = await outcome { () throws(ForgeError) in try await forge.teams(of: name, reader) }
        organization.teams[reader] = list
        guard case .success(let teams) = list else { return }
        let mentioned = organization.mentioned.union(besides)
        let wanted = teams.filter {
            $0.isOwners && withOwners || mentioned.contains($0.name.lowercased())
        }
        let people = await wanted.sideBySide(width) { team in
            await outcome { () throws(ForgeError) in try await forge.members(ofTeam: team.id, reader) }
        }
        for (team, members) in zip(wanted, people) { organization.members[team.id, default: [:]][reader] = members }
    }

    /// Fills in who of a team's members is active, where an administrator who lent a credential is told that.
    private func activity(_ organization: inout OrganizationEvidence, _ reader: Credential) async {
        guard let administrator else { return }
        let open = organization.members.compactMap { id, members -> (Int64, [Account])? in
            guard case .success(let members)? = members[reader], members.contains(where: { $0.isActive == nil }) else {
                return nil
            }
            return (id, members)
        }.sorted { $0.0 < $1.0 }
        let told = await open.map(\.0).sideBySide(width) { id in
            await outcome { () throws(ForgeError) in try await forge.members(ofTeam: id, administrator) }
        }
        for ((id, members), told) in zip(open, told) {
            guard case .success(let told) = told else {
                if case .failure(let error) = told { organization.activityFailure = error }
                continue
            }
            let activity = Dictionary(told.map { ($0.id, $0.isActive) }, uniquingKeysWith: { $1 })
            organization.members[id]?[reader] = .success(
                members.map { member in
                    var member = member
                    member.isActive = member.isActive ?? activity[member.id] ?? nil
                    return member
                })
        }
    }

    private func hooks(_ organization: inout OrganizationEvidence, _ reader: Credential) async {
        let name = organization.name
        let asked = administrator ?? reader
        organization.hooks = await outcome { () throws(ForgeError) in
            try await forge.webhooks(at: .organization(name), asked)
        }
        if case .failure(let error) = organization.hooks, error.namesNoOrganization { organization.isUser = true }
        // A user is no organisation, and a member is not shown them: nobody could be asked.
        if case .failure(let error) = organization.hooks, administrator == nil || error.cause == .refused {
            organization.hooks = nil
        }
    }
}
