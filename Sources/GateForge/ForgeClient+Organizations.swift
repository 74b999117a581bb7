import GatePolicy

extension ForgeClient {
    /// The members of an organisation; outsiders are shown the public ones only, so the list needs a proof.
    ///
    /// A list with the token's own owner in it is one for members. A token that may not say whose it is proves it
    /// another way: the organisation's members are those of its teams together, and each team's list proves itself.
    public func organizationMembers(_ organization: String) async -> Known<[Account]> {
        await kept(memory.kept.everybody, organization.lowercased()) { await readOrganizationMembers(organization) }
    }

    private func readOrganizationMembers(_ organization: String) async -> Known<[Account]> {
        let credential = settings.directoryCredential
        let subject = "who is in `\(clean(organization))`"
        let owner: Account
        do {
            owner = try await currentUser(credential)
        } catch {
            guard case .missingScope = error.kind else { return .unknown(error.unknown(subject: subject)) }
            return await membersOfAllTeams(organization, subject: subject)
        }
        do {
            let members = try await list(
                UserJSON.self, Endpoint("/orgs/{org}/members", organization), as: credential, .counted,
                named: "members", limit: settings.limits.members
            ).compactMap(\.account)
            // A site administrator may be outside and see every team.
            if members.contains(owner) { return .known(members) }
            return await membersOfAllTeams(organization, subject: subject)
        } catch {
            return .unknown(await explained(error, organization: organization, team: nil, subject: subject))
        }
    }

    private func membersOfAllTeams(_ organization: String, subject: String) async -> Known<[Account]> {
        let teams: [TeamJSON]
        do {
            teams = try await self.teams(of: organization)
        } catch {
            return .unknown(await explained(error, organization: organization, team: nil, subject: subject))
        }
        let references = teams.map { ($0.id, TeamReference(organization: organization, name: $0.name)) }
        var people: Set<Account> = []
        for answer in await references.sideBySide(settings.limits.sideBySide, { await self.teamMembers($0.0, $0.1) }) {
            let doubt: Unknown?
            switch answer {
            case .known(let members):
                people.formUnion(members.listed)
                doubt = members.incomplete
            case .unknown(let unknown): doubt = unknown
            }
            if let doubt {
                return .unknown(Unknown(cause: doubt.cause, subject: subject, reason: doubt.reason, cure: doubt.cure))
            }
        }
        return .known(people.sorted { $0.id < $1.id })
    }

    /// All repositories of an organisation; known only when the directory token has shown that it sees every one.
    ///
    /// A member is shown those of his teams. Who may read the members of the owners' team is an owner or a site
    /// administrator, and to them the list is whole.
    public func organizationRepositories(_ organization: String) async -> Known<RepositoryListing> {
        await kept(memory.kept.repositories, organization.lowercased()) {
            await readOrganizationRepositories(organization)
        }
    }

    private func readOrganizationRepositories(_ organization: String) async -> Known<RepositoryListing> {
        let subject = "which repositories `\(clean(organization))` has"
        do {
            let owners = try await teams(of: organization).first { $0.repositoryTeam.access == .owner }
            let reference = TeamReference(organization: organization, name: owners?.name ?? "")
            if let owners, case .unknown(let unknown) = await teamMembers(owners.id, reference) {
                guard unknown.cause == .notInTeam else {
                    return .unknown(
                        Unknown(cause: unknown.cause, subject: subject, reason: unknown.reason, cure: unknown.cure))
                }
                let owner = await tokenOwner()
                return .unknown(
                    Unknown(
                        cause: .notTold, subject: subject,
                        reason: "\(owner) does not own `\(clean(organization))`, and is not shown all of them",
                        cure: directoryCure(organization)))
            }
            guard owners != nil else {
                return .unknown(
                    Unknown(
                        cause: .notTold, subject: subject, reason: "the forge lists no team of owners",
                        cure: directoryCure(organization)))
            }
            // One without any unit that can be opened is counted, and not shown even to an owner.
            let (rows, total, _) = try await counted(
                RepositoryJSON.self, Endpoint("/orgs/{org}/repos", organization), as: settings.directoryCredential,
                named: "repositories", limit: settings.limits.repositories)
            return .known(
                RepositoryListing(
                    listed: rows.map(ListedRepository.init),
                    incomplete: Self.fewer(
                        rows.count, than: total, subject: subject, cure: "give each of its repositories a unit")))
        } catch {
            return .unknown(await explained(error, organization: organization, team: nil, subject: subject))
        }
    }
}
