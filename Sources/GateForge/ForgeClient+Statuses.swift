#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import NIOCore

extension ForgeClient {
    /// The newest status row of every context on a commit; none for a commit that the repository does not have.
    ///
    /// The list of all rows is ordered by whole seconds and loses rows between pages where they tie; the combined call
    /// picks the largest id of each context itself. Its count cannot be relied on, and a row posted while the pages are
    /// read moves its context to the front: so the first page is read again at the end, and everything when it differs.
    /// - Parameter all: whether every context must be among them; without it a page that is not full counts as the last,
    ///   which it is not where the server's pages are smaller than ours.
    public func statuses(
        _ repository: RepositoryName, of sha: CommitID, all: Bool = true
    ) async throws(ForgeError) -> [CommitStatus] {
        let endpoint = Endpoint(
            "/repos/{owner}/{repo}/commits/{sha}/status", repository.owner, repository.name, sha.text)
        reading: for _ in 0..<max(settings.limits.rereads, 1) {
            var newest: [ExactText: StatusJSON] = [:]
            var front: Int64?
            for page in 1...max(settings.limits.pages, 1) {
                let rows = try await statusPage(page, sha, endpoint)
                if page == 1 { front = rows.map(\.id).max() }
                let known = newest.count
                for row in rows {
                    let context = ExactText(row.context)
                    if row.id > newest[context]?.id ?? .min { newest[context] = row }
                }
                guard newest.count <= settings.limits.statuses else {
                    throw ForgeError(
                        .overLimit("contexts with a status", limit: settings.limits.statuses), endpoint.call(.service))
                }
                var isLast = rows.isEmpty || newest.count == known || rows.count > Self.wantedPageSize
                if !isLast { isLast = rows.count < (all ? try await pageSize() : Self.wantedPageSize) }
                guard isLast else { continue }
                if page > 1, try await statusPage(1, sha, endpoint).map(\.id).max() != front { continue reading }
                return newest.values.map(\.commitStatus).sorted { $0.id < $1.id }
            }
            throw ForgeError(.overLimit("pages", limit: settings.limits.pages), endpoint.call(.service))
        }
        throw ForgeError(.moving("statuses kept arriving"), endpoint.call(.service))
    }

    private func statusPage(
        _ page: Int, _ sha: CommitID, _ endpoint: Endpoint
    ) async throws(ForgeError) -> [StatusJSON] {
        let answer = try await read(CombinedStatusJSON.self, endpoint.page(page))
        let rows = Wire.list(answer.statuses)
        // Of a commit without statuses the forge names no commit.
        guard answer.sha == sha.text || (answer.sha.isEmpty && rows.isEmpty) else {
            throw malformed("it is of another commit", endpoint)
        }
        return rows
    }

    /// Posts a status on a commit of the repository; posting it twice adds a row and changes nothing.
    @discardableResult
    public func postStatus(
        _ repository: RepositoryName, sha: CommitID, context: String, state: StatusState, description: String,
        targetURL: String? = nil
    ) async throws(ForgeError) -> CommitStatus {
        var endpoint = Endpoint("/repos/{owner}/{repo}/statuses/{sha}", repository.owner, repository.name, sha.text)
        endpoint.method = "POST"
        let status = NewStatusJSON(
            context: context, state: state.rawValue, description: description, targetURL: targetURL ?? "")
        do {
            endpoint.body = ByteBuffer(bytes: try JSONEncoder().encode(status))
        } catch {
            throw ForgeError(.invalidInput("the status cannot be written as JSON"), endpoint.call(.service))
        }
        return try await read(StatusJSON.self, endpoint).commitStatus
    }
}
