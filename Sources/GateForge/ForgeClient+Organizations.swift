import GatePolicy

extension ForgeClient {
    /// The members of an organisation; outsiders are shown the public ones only, so the list needs a proof.
    ///
    /// A list with the token's own owner in it is one for members. A token that may not say whose it is proves it
    /// another way: the organisation's members are those of its teams together, and each team's list proves itself.
    public func organizationMembers(_ organization: String) async -> Known<[Account]> {
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
                UserJSON.self, Endpoint("/orgs/{org}/members", organization), as: credential, named: "members",
                limit: settings.limits.members
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
        for answer in await sideBySide(references, { await self.teamMembers($0.0, $0.1) }) {
            switch answer {
            case .known(let members): people.formUnion(members.listed)
            case .unknown(let unknown):
                return .unknown(
                    Unknown(cause: unknown.cause, subject: subject, reason: unknown.reason, cure: unknown.cure))
            }
        }
        return .known(people.sorted { $0.id < $1.id })
    }

    /// Why the directory token may not be shown all repositories of an organisation; nil when it is proven to be.
    ///
    /// The members of the owners' team are told to owners (and site administrators) only, who see every repository.
    public func obstacleToAllRepositories(_ organization: String) async -> Unknown? {
        let subject = "which repositories `\(clean(organization))` has"
        do {
            guard let owners = try await teams(of: organization).first(where: { $0.permission == "owner" }) else {
                return Unknown(
                    cause: .notTold, subject: subject, reason: "it is not told who owns `\(clean(organization))`",
                    cure: "make `\(Credential.directory)` a token of an owner")
            }
            let reference = TeamReference(organization: organization, name: owners.name)
            if case .unknown(let unknown) = await teamMembers(owners.id, reference) { return unknown }
            return nil
        } catch {
            return await explained(error, organization: organization, team: nil, subject: subject)
        }
    }

    /// The repositories of an organisation that the directory token is shown: all of them when its owner owns it.
    public func organizationRepositories(_ organization: String) async -> Known<[ListedRepository]> {
        do {
            let rows = try await list(
                RepositoryJSON.self, Endpoint("/orgs/{org}/repos", organization), as: settings.directoryCredential,
                named: "repositories", limit: settings.limits.repositories)
            return .known(rows.map(ListedRepository.init))
        } catch {
            let subject = "which repositories `\(clean(organization))` has"
            return .unknown(await explained(error, organization: organization, team: nil, subject: subject))
        }
    }
}
