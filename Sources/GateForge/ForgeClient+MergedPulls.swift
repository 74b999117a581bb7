import GatePolicy

extension ForgeClient {
    /// Merged pull requests, the most recently changed first; fewer than asked for only when there are no more.
    ///
    /// - Parameter count: how many; pages are read until there are so many, and never more than the limit of pages.
    public func mergedSnapshots(
        _ repository: RepositoryName, last count: Int
    ) async throws(ForgeError) -> [PullRequestSnapshot] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/pulls", repository.owner, repository.name,
            query: [("state", "closed"), ("sort", "recentupdate")])
        let size = try await pageSize()
        var found: [PullRequestSnapshot] = []
        var seen: Set<Int64> = []
        for page in 1...max(settings.limits.pages, 1) {
            let pulls = Wire.list(try await read([PullJSON]?.self, endpoint.page(page)))
            for pull in pulls where pull.merged == true && seen.insert(pull.number).inserted {
                found.append(try snapshot(pull, endpoint))
                if found.count == count { return found }
            }
            if pulls.count < size { return found }
        }
        throw ForgeError(.overLimit("pages", limit: settings.limits.pages), endpoint.call(.service))
    }
}
