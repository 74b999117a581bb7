import GatePolicy

extension ForgeClient {
    /// The teams with a right on a repository; nil for a repository of a user, which has no teams.
    public func repositoryTeams(_ repository: RepositoryName) async throws(ForgeError) -> [RepositoryTeam]? {
        let endpoint = Endpoint("/repos/{owner}/{repo}/teams", repository.owner, repository.name)
        do {
            return try await list(
                TeamJSON.self, endpoint, as: .service, .whole, named: "teams", limit: settings.limits.teams
            ).map(\.repositoryTeam)
        } catch {
            if case .methodNotAllowed(let message) = error.kind, message.contains("not owned by an organization") {
                return nil
            }
            throw error
        }
    }

    /// Who may write the code: proven by team or ownership, possible by the list of assignees.
    public func writers(of repository: Repository) async -> RightHolders {
        let subject = "who may write the code of `\(repository.name)`"
        return await kept(memory.kept.writers, repository.id) {
            await holders(of: repository, subject: subject) { $0.codeAccess >= .write }
        }
    }

    /// Who administers the repository: proven by team or ownership, possible by the list of assignees.
    public func admins(of repository: Repository) async -> RightHolders {
        let subject = "who administers `\(repository.name)`"
        return await kept(memory.kept.admins, repository.id) {
            await holders(of: repository, subject: subject) { $0.access >= .admin }
        }
    }

    private func holders(
        of repository: Repository, subject: String, _ holds: @Sendable (RepositoryTeam) -> Bool
    ) async -> RightHolders {
        async let possible = assignees(of: repository.name)
        var unknown = Unknown(
            cause: .notTold, subject: subject,
            reason: "the forge tells a collaborator's rights to the repository's administrators only",
            cure: "give the right through a team, whose members can be proven")
        var proven: Set<Account> = []
        do {
            if let teams = try await repositoryTeams(repository.name) {
                let organization = repository.name.owner
                let asked = teams.filter(holds).map {
                    ($0.id, TeamReference(organization: organization, name: $0.name))
                }
                var blind: Unknown?
                for answer in await asked.sideBySide(settings.limits.sideBySide, { await self.teamMembers($0.0, $0.1) })
                {
                    switch answer {
                    case .known(let members):
                        proven.formUnion(members.listed)
                        blind = blind ?? members.incomplete
                    case .unknown(let unknown): blind = blind ?? unknown
                    }
                }
                if let blind {
                    unknown = Unknown(cause: blind.cause, subject: subject, reason: blind.reason, cure: blind.cure)
                }
            } else {
                proven = [repository.owner]
            }
        } catch {
            unknown = error.unknown(subject: subject)
        }
        return RightHolders(proven: proven.sorted { $0.id < $1.id }, possible: await possible, unknown: unknown)
    }

    /// Whom a private repository is shown to: who is in a team that has it, collaborators, and the person who owns it;
    /// administrators of the whole site, who are shown everything, are not told.
    public func viewers(of repository: RepositoryName) async -> Known<[Account]> {
        let subject = "who is shown `\(repository)`"
        let teams: [RepositoryTeam]?
        var people: Set<Account>
        do {
            teams = try await repositoryTeams(repository)
            people = Set(
                try await list(
                    UserJSON.self, Endpoint("/repos/{owner}/{repo}/collaborators", repository.owner, repository.name),
                    as: .service, named: "collaborators", limit: settings.limits.members
                ).compactMap(\.account))
        } catch {
            return .unknown(error.unknown(subject: subject))
        }
        if teams == nil {
            switch await user(repository.owner) {
            case .known(let owner): people.formUnion([owner].compactMap(\.self))
            case .unknown(let unknown): return .unknown(unknown)
            }
        }
        let asked = (teams ?? []).map { ($0.id, TeamReference(organization: repository.owner, name: $0.name)) }
        for answer in await asked.sideBySide(settings.limits.sideBySide, { await self.teamMembers($0.0, $0.1) }) {
            switch answer {
            case .known(let members):
                if let doubt = members.incomplete { return .unknown(doubt) }
                people.formUnion(members.listed)
            case .unknown(let unknown): return .unknown(unknown)
            }
        }
        return .known(people.sorted { $0.id < $1.id })
    }

    /// Everybody who may write anything in the repository; nil when that cannot be had.
    private func assignees(of repository: RepositoryName) async -> [Account]? {
        do {
            let people = try await list(
                UserJSON.self, Endpoint("/repos/{owner}/{repo}/assignees", repository.owner, repository.name),
                as: .service, .whole, named: "assignees", limit: settings.limits.members
            ).compactMap(\.account)
            // Whoever posts statuses may write: a list of nobody is not true.
            return people.isEmpty ? nil : people
        } catch {
            // The caller then judges nobody by this list.
            return nil
        }
    }
}
