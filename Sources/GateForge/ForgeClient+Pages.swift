import GatePolicy
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
    /// In pages; `X-Total-Count`, where there is one, counts at least what there is.
    case paged
    /// In pages, and everything that is counted is shown: fewer rows are a part of the list.
    case counted
    /// In pages, of rows that people may delete while it is read: it is read until two readings are the same.
    case settled
}

extension ForgeClient {
    /// The size of page that is asked for.
    static let wantedPageSize = 50

    /// All rows of a list, or an error that says why not; never a part.
    ///
    /// The server clamps `limit` without a word, leaves rows out of pages that this reader may not see, and counts them
    /// all the same: so a short page is the last one only together with the count or the true size of a page.
    func list<Row: ListRow>(
        _ type: Row.Type, _ endpoint: Endpoint, as credential: Credential = .service, _ listing: Listing = .paged,
        named name: String, limit: Int, check: (Row) -> ForgeError.Kind? = { _ in nil }
    ) async throws(ForgeError) -> [Row] {
        try await counted(type, endpoint, as: credential, listing, named: name, limit: limit, check: check).rows
    }

    /// All rows of a list, and how many the forge counts, those included that it does not show to this reader.
    func counted<Row: ListRow>(
        _ type: Row.Type, _ endpoint: Endpoint, as credential: Credential = .service, _ listing: Listing = .paged,
        named name: String, limit: Int, check: (Row) -> ForgeError.Kind? = { _ in nil }
    ) async throws(ForgeError) -> (rows: [Row], total: Int?, hasEnd: Bool) {
        let call = endpoint.call(credential)
        let pageLimit = max(settings.limits.pages, 1)
        var before: [String]?
        let rereads = max(settings.limits.rereads, 1)
        reading: for attempt in 1...rereads {
            var reading = Reading<Row>()
            var batch = 1...1
            while batch.upperBound <= pageLimit {
                let answers = await Array(batch).sideBySide(settings.limits.sideBySide) { page in
                    await self.outcome(listing == .whole ? endpoint : endpoint.page(page), as: credential)
                }
                for (page, outcome) in zip(batch, answers) {
                    let answer = try outcome.get()
                    let rows = try decode([Row]?.self, from: answer, call)
                    // Of a list in pages null is a page only behind everything that is counted.
                    let isBehindAll = answer.total.map { reading.rows.count >= $0 } ?? false
                    guard listing == .whole || isBehindAll || rows != nil else {
                        throw ForgeError(.malformed("the answer is null where a page of a list belongs"), call)
                    }
                    guard reading.add(Wire.list(rows), check) else {
                        throw ForgeError(reading.refusal ?? .cancelled, call)
                    }
                    if listing == .whole, answer.hasMore || (answer.total ?? 0) > reading.rows.count {
                        throw ForgeError(.malformed("the forge gives a part of a list that comes whole"), call)
                    }
                    guard reading.rows.count <= limit, listing == .whole || (answer.total ?? 0) <= limit else {
                        throw ForgeError(.overLimit(name, limit: limit), call)
                    }
                    if listing != .whole {
                        if page > 1, answer.total != reading.total { continue reading }
                        reading.total = answer.total
                    }
                }
                if listing == .whole { return (reading.rows, nil, true) }
                if try await isLast(batch.upperBound, reading) {
                    if listing == .counted, reading.rows.count < reading.total ?? 0 {
                        // A row may have gone between the count and its page.
                        if attempt < rereads { continue reading }
                        throw ForgeError(
                            .malformed(
                                "the forge counts \(reading.total ?? 0) of \(name) and shows \(reading.rows.count)"),
                            call)
                    }
                    let identities = reading.rows.map(\.rowIdentity)
                    if listing == .settled, batch.upperBound > 1, before != identities {
                        before = identities
                        continue reading
                    }
                    let hasEnd =
                        if let total = reading.total, reading.rows.count < total {
                            reading.hasEnd(try await pageSize(credential))
                        } else { true }
                    return (reading.rows, reading.total, hasEnd)
                }
                // What the count promises is read side by side; what goes beyond it, page by page.
                let next = batch.upperBound + 1
                let size = try await pageSize()
                batch = next...max(next, ((reading.total ?? 0) + size - 1) / size)
            }
            throw ForgeError(.overLimit("pages", limit: pageLimit), call)
        }
        throw ForgeError(.moving("the list of \(name) kept changing"), call)
    }

    /// What was read of a list so far.
    private struct Reading<Row: ListRow> {
        var rows: [Row] = []
        var seen: Set<ExactText> = []
        var total: Int?
        /// Rows of each page.
        var sizes: [Int] = []
        /// Rows of the last page, and how many of them were new.
        var got: Int { sizes.last ?? 0 }
        var fresh = 0
        var refusal: ForgeError.Kind?

        /// Takes a page; false when one of its rows is refused.
        mutating func add(_ page: [Row], _ check: (Row) -> ForgeError.Kind?) -> Bool {
            refusal = page.lazy.compactMap(check).first
            if refusal == nil, Set(page.map { ExactText($0.rowIdentity) }).count < page.count {
                refusal = .malformed("a row of a list is there twice on one page")
            }
            let new = page.filter { seen.insert(ExactText($0.rowIdentity)).inserted }
            rows += new
            sizes.append(page.count)
            fresh = new.count
            return refusal == nil
        }

        /// Whether a page with some rows is not full and nothing comes behind it, as at the end of a list: where a page
        /// was left out on the way there is none such.
        func hasEnd(_ pageSize: Int) -> Bool {
            guard let last = sizes.firstIndex(where: { $0 < pageSize }) else { return false }
            return sizes[last] > 0 && sizes[(last + 1)...].allSatisfy { $0 == 0 }
        }
    }

    private func isLast<Row>(_ page: Int, _ reading: Reading<Row>) async throws(ForgeError) -> Bool {
        // More than was asked for, or the same again: the call does not page.
        if reading.got > Self.wantedPageSize || (reading.got > 0 && reading.fresh == 0) { return true }
        guard let total = reading.total else {
            if reading.got == 0 { return true }
            return reading.got < (try await pageSize())
        }
        if reading.rows.count >= total, reading.got < Self.wantedPageSize { return true }
        let size = try await pageSize()
        return reading.got < size && page * size >= total
    }

    private func outcome(_ endpoint: Endpoint, as credential: Credential) async -> Result<Answer, ForgeError> {
        do { return .success(try await send(endpoint, as: credential)) } catch { return .failure(error) }
    }

    /// How many rows a full page has: what is asked for, clamped by the server's own maximum.
    func pageSize(_ credential: Credential = .service) async throws(ForgeError) -> Int {
        if let known = memory.pageSize.withLock({ $0 }) { return known }
        let limits = try await read(ServerLimitsJSON.self, Endpoint("/settings/api"), as: credential)
        let size = limits.maxResponseItems > 0 ? min(limits.maxResponseItems, Self.wantedPageSize) : 1
        memory.pageSize.withLock { $0 = size }
        return size
    }
}
