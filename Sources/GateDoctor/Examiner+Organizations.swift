import GateForge
import GatePolicy
import GateService

extension Examiner {
    /// Reads the teams that policies mention, as every credential is shown them.
    func organizations(_ examination: inout Examination) async {
        await organizationPolicies(&examination)
        for team in examination.repositories.flatMap(\.teams)
        where examination.organization(team.organization) == nil {
            examination.organizations.append(OrganizationEvidence(team.organization))
        }
        let teams = examination.repositories.flatMap(\.teams)
        let reader = examination.directoryReader
        for index in examination.organizations.indices {
            let name = examination.organizations[index].name
            let mentioned = Set(teams.filter { $0.organization == name.lowercased() }.map(\.name))
            examination.organizations[index].mentioned = mentioned
            guard !mentioned.isEmpty || hookAddress != nil else { continue }
            if examination.obstacle(of: reader) == nil { await read(&examination.organizations[index], reader) }
            if reader != .service, !mentioned.isEmpty {
                examination.organizations[index].teams[.service] = await outcome { () throws(ForgeError) in
                    try await forge.teams(of: name, .service)
                }
            }
            if hookAddress != nil { await hooks(&examination.organizations[index], reader) }
        }
    }

    private func read(_ organization: inout OrganizationEvidence, _ reader: Credential) async {
        let name = organization.name
        let list = await outcome { () throws(ForgeError) in try await forge.teams(of: name, reader) }
        organization.teams[reader] = list
        guard case .success(let teams) = list else { return }
        let mentioned = organization.mentioned
        let wanted = teams.filter { $0.isOwners || mentioned.contains($0.name.lowercased()) }
        let people = await sideBySide(wanted) { team in
            await outcome { () throws(ForgeError) in try await forge.members(ofTeam: team.id, reader) }
        }
        for (team, members) in zip(wanted, people) { organization.members[team.id, default: [:]][reader] = members }
    }

    private func hooks(_ organization: inout OrganizationEvidence, _ reader: Credential) async {
        let name = organization.name
        let asked = administrator ?? reader
        organization.hooks = await outcome { () throws(ForgeError) in
            try await forge.webhooks(ofOrganization: name, asked)
        }
        if case .failure(let error) = organization.hooks, error.namesNoOrganization { organization.isUser = true }
        // A user is no organisation, and a member is not shown them: nobody could be asked.
        if case .failure(let error) = organization.hooks, administrator == nil || error.cause == .refused {
            organization.hooks = nil
        }
    }

    /// The policy that an organisation has for repositories without one of their own.
    private func organizationPolicies(_ examination: inout Examination) async {
        for organization in examination.organizations {
            let without = examination.repositories.indices.filter { index in
                guard case .absent? = examination.repositories[index].policy else { return false }
                return examination.repositories[index].name.owner.lowercased() == organization.name.lowercased()
            }
            guard !without.isEmpty, decider.settings.usesOrganizationPolicy else { continue }
            let name = RepositoryName(owner: organization.name, name: ".countersign")
            guard let rights = try? await forge.rights(in: name),
                let branch = try? await forge.branch(name, rights.repository.defaultBranch),
                case .content(let bytes, _)? = try? await forge.file(
                    name, path: "countersign.yml", ref: branch.commit.text)
            else { continue }
            let (policy, diagnostics) = PolicyReader.read(bytes, file: "\(name):countersign.yml", digest: "")
            let answer = policy.map { PolicyAnswer.policy($0) } ?? .broken(diagnostics.filter { $0.severity == .error })
            for index in without { examination.repositories[index].policy = answer }
        }
    }
}
