import GateForge
import GatePolicy

extension Provisioning {
    /// Refuses to make a token that reads teams for somebody who is not shown them all.
    ///
    /// Where the administrator is not told who owns the organisation, the doctor says it of the token.
    func requireOwner(_ login: String) async throws {
        let owners: [Account]
        do {
            guard
                let team = try await forge.teams(of: request.organization, .administrator).first(where: \.isOwners)
            else { return }
            owners = try await forge.members(ofTeam: team.id, .administrator)
            if owners.contains(where: { $0.login.lowercased() == login.lowercased() }) { return }
            if try await forge.isSiteAdministrator(login) { return }
        } catch {
            guard error.isRefusal else { throw error }
            return
        }
        let named = owners.prefix(5).map { "`\($0.login)`" }.joined(separator: ", ")
        throw ProvisioningError(
            description:
                "`\(login)` is no owner of `\(request.organization)`, and a token of somebody else is not shown "
                + "its teams: name an owner with `--directory-owner`\(named.isEmpty ? "" : ": \(named)"); nothing was made"
        )
    }
}
