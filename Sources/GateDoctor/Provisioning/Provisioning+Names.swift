import GateForge
import GatePolicy

extension Provisioning {
    /// The same with all names as the forge writes them.
    ///
    /// The forge takes names in whatever case, and an old one of what was renamed; what was made is remembered by one.
    /// - Throws: `ProvisioningError` where something is named that is not there, before anything is made.
    public func named() async throws -> Provisioning {
        var named = self
        do { named.request.organization = try await forge.organizationName(request.organization) } catch {
            // Whether it is there the plan says, by its teams.
            guard error.isRefusal || error.isNotFound else { throw error }
        }
        for (index, repository) in request.repositories.enumerated() {
            let found: RepositoryRights?
            do {
                found = try await forge.rights(in: repository, .administrator)
            } catch {
                if error.isNotFound {
                    throw ProvisioningError(
                        description: "there is no repository `\(repository)`, or the administrator's credential is not "
                            + "shown it: nothing was made")
                }
                guard error.isRefusal else { throw error }
                found = nil
            }
            guard let name = found?.repository.name else { continue }
            guard name.owner.lowercased() == named.request.organization.lowercased() else {
                throw ProvisioningError(
                    description: "`\(repository)` is `\(name)` now: give that name; nothing was made")
            }
            named.request.repositories[index] = name
        }
        named.request.account = try await login(request.account) ?? request.account
        guard !request.directoryOwner.isEmpty else { return named }
        if let owner = try await login(request.directoryOwner) {
            named.request.directoryOwner = owner
        } else {
            try await requireOwner(request.directoryOwner)
        }
        return named
    }

    /// A login as the forge writes it; nil when it is nobody's.
    private func login(_ text: String) async throws(ForgeError) -> String? {
        do { return try await forge.account(text, .administrator)?.login } catch {
            guard error.isRefusal || error.isNotFound else { throw error }
            return text
        }
    }
}
