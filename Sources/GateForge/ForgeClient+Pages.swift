import Synchronization

/// A row of a list that has pages.
protocol ListRow: Decodable, Sendable {
    /// Tells the rows of a list apart.
    var rowIdentity: String { get }
}

/// How a list ends.
enum Listing: Sendable {
    /// Everything comes at once, whatever page is asked for.
    case whole
    /// In pages, and `X-Total-Count` counts at least what there is.
    case counted
    /// In pages, and the count cannot be relied on: a page that is not full is the last.
    case uncounted
}

extension ForgeClient {
    /// The size of page that is asked for.
    static let wantedPageSize = 50

    /// All rows of a list, or an error that says why not; never a part.
    ///
    /// The server clamps `limit` without a word, leaves rows out of pages that this reader may not see, and counts them
    /// all the same: so a short page is the last one only together with the count or the true size of a page.
    func list<Row: ListRow>(
        _ type: Row.Type, _ endpoint: Endpoint, as credential: Credential = .service, _ listing: Listing = .counted,
        named name: String, limit: Int, check: (Row) -> ForgeError.Kind? = { _ in nil }
    ) async throws(ForgeError) -> [Row] {
        let call = endpoint.call(credential)
        reading: for _ in 0..<max(settings.limits.rereads, 1) {
            var rows: [Row] = []
            var seen: Set<String> = []
            var total: Int?
            for page in 1...max(settings.limits.pages, 1) {
                let asked =
                    listing == .whole
                    ? endpoint : endpoint.with("page", "\(page)").with("limit", "\(Self.wantedPageSize)")
                let answer = try await send(asked, as: credential)
                let got = Wire.list(try decode([Row]?.self, from: answer, call))
                let fresh = got.filter { seen.insert($0.rowIdentity).inserted }
                for row in fresh { if let kind = check(row) { throw ForgeError(kind, call) } }
                rows += fresh
                guard rows.count <= limit, listing != .counted || (answer.total ?? 0) <= limit else {
                    throw ForgeError(.overLimit(name, limit: limit), call)
                }
                if listing == .whole {
                    guard !answer.hasMore else {
                        throw ForgeError(.malformed("the forge gives a part of a list that comes whole"), call)
                    }
                    return rows
                }
                if listing == .counted {
                    if page > 1, answer.total != total { continue reading }
                    total = answer.total
                }
                if try await isLast(page, got: got.count, fresh: fresh.count, of: rows.count, total: total, listing) {
                    return rows
                }
            }
            throw ForgeError(.overLimit("pages", limit: settings.limits.pages), call)
        }
        throw ForgeError(.moving("the list of \(name) kept changing"), call)
    }

    private func isLast(
        _ page: Int, got: Int, fresh: Int, of rows: Int, total: Int?, _ listing: Listing
    ) async throws(ForgeError) -> Bool {
        // More than was asked for, or the same again: the call does not page.
        if got > Self.wantedPageSize || (got > 0 && fresh == 0) { return true }
        if listing == .counted, let total {
            if rows >= total, got < Self.wantedPageSize { return true }
            let size = try await pageSize()
            return got < size && page * size >= total
        }
        if got == 0 { return true }
        return got < (try await pageSize())
    }

    /// How many rows a full page has: what is asked for, clamped by the server's own maximum.
    func pageSize() async throws(ForgeError) -> Int {
        if let known = memory.pageSize.withLock({ $0 }) { return known }
        let limits = try await read(ServerLimitsJSON.self, Endpoint("/settings/api"))
        let size = limits.maxResponseItems > 0 ? min(limits.maxResponseItems, Self.wantedPageSize) : 1
        memory.pageSize.withLock { $0 = size }
        return size
    }
}
