import GatePolicy

extension ForgeClient {
    /// A repository under its present name; whether its owner is an organisation is not said by this call.
    public func repository(_ name: RepositoryName) async throws(ForgeError) -> Repository {
        let endpoint = Endpoint("/repos/{owner}/{repo}", name.owner, name.name)
        let row = try await read(RepositoryJSON.self, endpoint)
        return row.repository(
            ownerIsOrganization: .unknown(
                Unknown(
                    cause: .notRead, subject: "whether `\(name.owner)` is an organisation",
                    reason: "a repository does not say it", cure: "nothing; it is asked for when it matters")))
    }

    /// A repository as lists show it, under its present name; nil where the forge shows none.
    public func listedRepository(_ name: RepositoryName) async throws(ForgeError) -> ListedRepository? {
        do {
            return ListedRepository(
                try await read(RepositoryJSON.self, Endpoint("/repos/{owner}/{repo}", name.owner, name.name)))
        } catch {
            guard case .notFound = error.kind else { throw error }
            return nil
        }
    }
}
