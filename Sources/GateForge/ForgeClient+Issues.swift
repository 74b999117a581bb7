import GatePolicy

extension ForgeClient {
    /// The rows of the timeline that a policy can ask about, in the order of their ids.
    ///
    /// Asked for without `page`, the timeline comes whole; asked for in pages it leaves rows out of them and counts
    /// only those it shows, so that an end cannot be told from a gap.
    /// - Parameter hasRows: whether other answers name something that stands in it, so that an empty one is none.
    public func timeline(
        _ repository: RepositoryName, _ number: Int64, hasRows: Bool = false
    ) async throws(ForgeError) -> [TimelineEntry] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/issues/{index}/timeline", repository.owner, repository.name, "\(number)")
        let rows = try await list(
            TimelineJSON.self, endpoint, as: .service, .whole, named: "timeline rows", limit: settings.limits.timeline,
            check: { $0.refusal(of: number) })
        if rows.isEmpty, hasRows {
            throw malformed("the timeline of a pull request with comments or reviews is empty", endpoint)
        }
        var entries: [TimelineEntry] = []
        for row in rows.sorted(by: { $0.id < $1.id }) {
            do {
                if let entry = try row.entry() { entries.append(entry) }
            } catch {
                throw malformed(
                    "the \(row.type == "pull_push" ? "push" : "event") in row \(row.id) of the timeline cannot be read",
                    endpoint)
            }
        }
        return entries
    }

    /// All comments, in the order of their ids; the call does not page.
    public func comments(_ repository: RepositoryName, _ number: Int64) async throws(ForgeError) -> [Comment] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/issues/{index}/comments", repository.owner, repository.name, "\(number)")
        let rows = try await list(
            CommentJSON.self, endpoint, as: .service, .whole, named: "comments", limit: settings.limits.comments,
            check: { $0.refusal(of: number) })
        return rows.sorted { $0.id < $1.id }.map(\.comment)
    }
}
