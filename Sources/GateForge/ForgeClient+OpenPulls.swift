import GatePolicy

extension ForgeClient {
    /// All open pull requests of a repository, each as whole as if it had been read by itself.
    public func openSnapshots(_ repository: RepositoryName) async throws(ForgeError) -> [PullRequestSnapshot] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/pulls", repository.owner, repository.name, query: [("state", "open")])
        let pulls = try await list(
            PullJSON.self, endpoint, as: .service, .counted, named: "open pull requests",
            limit: settings.limits.openPulls,
            check: { ["open", "closed"].contains($0.state) ? nil : .malformed("`state` is not one that is known") })
        return try pulls.filter { $0.state == "open" }.map { (pull) throws(ForgeError) in
            try snapshot(pull, endpoint)
        }
    }
}
