import GatePolicy

extension ForgeClient {
    /// The teams of an organisation; any member of it is shown all of them.
    public func teamDirectory(_ organization: String) async -> Known<TeamDirectory> {
        await kept(memory.kept.directories, organization.lowercased()) { await readTeamDirectory(organization) }
    }

    private func readTeamDirectory(_ organization: String) async -> Known<TeamDirectory> {
        do {
            let teams = try await teams(of: organization)
            return .known(
                TeamDirectory(ids: Dictionary(teams.map { ($0.name.lowercased(), $0.id) }, uniquingKeysWith: min)))
        } catch {
            let subject = "which teams `\(clean(organization))` has"
            return .unknown(await explained(error, organization: organization, team: nil, subject: subject))
        }
    }

    /// The members of a team, whole; a list is its own proof that this token sees the team.
    public func teamMembers(_ id: Int64, _ reference: TeamReference) async -> Known<TeamMembers> {
        await kept(memory.kept.members, id) { await readTeamMembers(id, reference) }
    }

    private func readTeamMembers(_ id: Int64, _ reference: TeamReference) async -> Known<TeamMembers> {
        let endpoint = Endpoint("/teams/{id}/members", "\(id)")
        do {
            let (members, total, hasEnd) = try await counted(
                UserJSON.self, endpoint, as: settings.directoryCredential, named: "members",
                limit: settings.limits.members)
            let team = "`\(clean(reference.name))` of `\(clean(reference.organization))`"
            // The forge counts members in a column that goes wrong.
            let incomplete =
                hasEnd
                ? nil
                : Self.fewer(
                    members.count, than: total, subject: "who is in team \(team)",
                    cure: "the forge's own count is wrong: make the team anew, or add somebody to it")
            return .known(TeamMembers(listed: members.compactMap(\.account), incomplete: incomplete))
        } catch {
            let subject = "who is in team `\(clean(reference.name))` of `\(clean(reference.organization))`"
            if case .notFound = error.kind {
                return .unknown(await blindOrGone(error, id: id, reference, subject: subject))
            }
            return .unknown(
                await explained(error, organization: reference.organization, team: reference.name, subject: subject))
        }
    }

    /// Why there may be more than were shown; nil where as many were shown as are counted.
    static func fewer(_ shown: Int, than total: Int?, subject: String, cure: String) -> Unknown? {
        guard let total, shown < total else { return nil }
        return Unknown(
            cause: .malformed, subject: subject, reason: "the forge counts \(total) and shows \(shown)",
            cure: "run the check again; where that does not help, \(cure)")
    }

    func teams(of organization: String) async throws(ForgeError) -> [TeamJSON] {
        try await list(
            TeamJSON.self, Endpoint("/orgs/{org}/teams", organization), as: settings.directoryCredential, .counted,
            named: "teams", limit: settings.limits.teams)
    }

    /// A 404 of a team: a token outside the organisation gets it for everything, one inside for a team that is gone.
    private func blindOrGone(
        _ error: ForgeError, id: Int64, _ reference: TeamReference, subject: String
    ) async -> Unknown {
        do {
            let teams = try await teams(of: reference.organization)
            guard teams.contains(where: { $0.id == id }) else {
                return Unknown(
                    cause: .nameGone, subject: subject,
                    reason: "`\(clean(reference.organization))` has no team with the id \(id) any more",
                    cure: "make the team again, or correct its name in the policy")
            }
            return error.unknown(subject: subject)
        } catch {
            return await explained(
                error, organization: reference.organization, team: reference.name, subject: subject)
        }
    }

    /// An error about an organisation's people in words that name the token's owner and the way out.
    func explained(_ error: ForgeError, organization: String, team: String?, subject: String) async -> Unknown {
        let organization = clean(organization)
        switch error.kind {
        case .forbidden(let message) where message.contains("Must be a team member"):
            let owner = await tokenOwner()
            let team = clean(team ?? "")
            return Unknown(
                cause: .notInTeam, subject: subject,
                reason: "\(owner) is not in team `\(team)`",
                cure: "\(directoryCure(organization)), or add that account to the team")
        case .forbidden(let message) where message.contains("Must be an organization member"):
            let owner = await tokenOwner()
            return Unknown(
                cause: .outsideOrganization, subject: subject,
                reason: "\(owner) is not in `\(organization)`", cure: directoryCure(organization))
        case .notFound(let message, let details)
        where ([message] + details).contains(where: { Self.namesNobody($0) }):
            return Unknown(
                cause: .nameGone, subject: subject, reason: "there is no organisation `\(organization)`",
                cure: "correct the name in the policy")
        case .notFound:
            let owner = await tokenOwner()
            return Unknown(
                cause: .outsideOrganization, subject: subject,
                reason: "\(owner) is not shown `\(organization)`",
                cure: directoryCure(organization))
        default: return error.unknown(subject: subject)
        }
    }

    /// The least-privilege way to see every team.
    func directoryCure(_ organization: String) -> String {
        if settings.administratorStandsIn { return "lend the credential of an owner of `\(organization)`" }
        let setting = Credential.directory.description
        return settings.directoryToken == nil
            ? "set `\(setting)` to a token of an owner of `\(organization)` with only the scope `read:organization`"
            : "make `\(setting)` a token of an owner of `\(organization)` with only the scope `read:organization`"
    }

    /// Whose token asks about teams, for words only; an extra call that is made after a failure.
    func tokenOwner() async -> String {
        let credential = settings.directoryCredential
        do {
            let login = clean(try await currentUser(credential).login)
            guard credential != .administrator else { return "`\(login)`, whose credential is lent," }
            return "`\(login)`, the owner of `\(credential)`,"
        } catch {
            // The least-privilege token may not say whose it is.
            return "the owner of `\(credential)`"
        }
    }
}
