import GatePolicy

extension ForgeClient {
    /// The commits that the pull requests closed last became; of the newest 50 closed ones.
    public func recentMerges(_ repository: RepositoryName) async throws(ForgeError) -> Set<CommitID> {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/pulls", repository.owner, repository.name,
            query: [("state", "closed"), ("sort", "recentupdate")])
        let rows = Wire.list(try await read([PullJSON]?.self, endpoint.page(1)))
        return Set(rows.compactMap { $0.merge?.commit })
    }
}
