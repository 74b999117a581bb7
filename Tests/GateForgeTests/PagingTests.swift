import GatePolicy
import Synchronization
import Testing

@testable import GateForge

struct PagingTests {
    private let widget = RepositoryName(owner: "acme", name: "widget")
    private static let rest =
        #""user":null,"commit_id":"","updated_at":"2023-11-01T10:00:00Z","#
        + #""submitted_at":"2023-11-01T10:00:00Z""#

    /// A forge that pages reviews as Gitea does: it clamps the size, leaves some rows out and counts them all.
    static func reviews(
        _ total: Int, clamp: Int, hidden: Set<Int> = [], counted: Bool = true
    ) -> @Sendable (Asked) -> Canned {
        { asked in
            guard asked.route.hasSuffix("/reviews") else { return .json(#"{"max_response_items":\#(clamp)}"#) }
            let size = min(Int(asked.query("limit") ?? "") ?? 30, clamp)
            let page = Int(asked.query("page") ?? "") ?? 1
            let ids = (1...max(total, 1)).dropFirst((page - 1) * size).prefix(size)
                .filter { $0 <= total && !hidden.contains($0) }
            let rows = ids.map {
                #"{"id":\#($0),"state":"COMMENT","dismissed":false,\#(Self.rest)}"#
            }
            return .json("[\(rows.joined(separator: ","))]", counted ? ["x-total-count": "\(total)"] : [:])
        }
    }

    @Test(arguments: [
        (0, 50), (1, 50), (49, 50), (50, 50), (51, 50), (100, 50), (120, 50), (7, 3), (9, 3), (1, 1), (3, 1), (60, 500),
    ])
    func everyRowIsRead(total: Int, clamp: Int) async throws {
        for counted in [true, false] {
            try await withForge(Self.reviews(total, clamp: clamp, counted: counted)) { [widget] client, _ in
                let ids = try await client.reviews(widget, 1).map(\.id)
                #expect(ids == (0..<Int64(total)).map { $0 + 1 })
            }
        }
    }

    @Test func aPageOfHiddenRowsIsNotTheEnd() async throws {
        let forge = Self.reviews(9, clamp: 3, hidden: [4, 5, 6, 9])
        try await withForge(forge) { [widget] client, _ in
            let ids = try await client.reviews(widget, 1).map(\.id)
            #expect(ids == [1, 2, 3, 7, 8])
        }
    }

    /// Somebody deletes a row of the first page and adds another one: the first of the second page moves to the first.
    @Test func aRowThatMovesBetweenTwoPagesIsNotLost() async throws {
        let reads = Mutex(0)
        @Sendable func page(_ ids: [Int]) -> Canned {
            let rows = ids.map {
                #"{"id":\#($0),"state":"COMMENT","dismissed":false,\#(Self.rest)}"#
            }
            return .json("[\(rows.joined(separator: ","))]", ["x-total-count": "60"])
        }
        try await withForge({ request in
            if request.route == "/settings/api" { return .limits }
            let isFirst = request.query("page") == "1"
            let reading = reads.withLock { count in
                count += isFirst ? 1 : 0
                return count
            }
            // When the second page is asked for the first time, row 51 is on the first.
            if isFirst { return page(reading == 1 ? Array(1...50) : Array(2...51)) }
            return page(Array(52...61))
        }) { [widget] client, _ in
            let ids = try await client.reviews(widget, 1).map(\.id)
            #expect(ids == (2...61).map(Int64.init))
        }
    }

    /// What stands between us and the forge leaves a page out, or gives the first one again.
    @Test(arguments: ["[]", "null", "again"]) func apartOfACountedListIsNoAnswer(_ other: String) async throws {
        let names = (1...50).map { #"{"id":\#($0),"name":"team-\#($0)","permission":"read"}"# }
        let first = "[\(names.joined(separator: ","))]"
        try await withForge({ request in
            if request.route == "/settings/api" { return .limits }
            let body = request.query("page") == "1" || other == "again" ? first : other
            return .json(body, ["x-total-count": "120"])
        }) { client, _ in
            _ = await #expect(throws: ForgeError.self) { try await client.teams(of: "acme") }
        }
    }

    /// A team of which fewer are shown than are counted: nobody else is proven to be outside, where a page may be missing.
    ///
    /// The forge's own count goes wrong, so a page that is not full ends the list whatever it says.
    @Test(arguments: [(1, 1, true), (1, 410, true), (50, 50, true), (50, 51, false), (0, 0, true), (0, 1, false)])
    func aTeamThatCountsMoreMayBeIncomplete(_ shown: Int, _ total: Int, _ isWhole: Bool) async throws {
        let rows = (0..<shown).map { #"{"id":\#($0 + 1),"login":"person-\#($0)"}"# }.joined(separator: ",")
        let team = TeamReference(organization: "acme", name: "qa")
        try await withForge({ request in
            if request.route == "/settings/api" { return .limits }
            return .json(request.query("page") == "1" ? "[\(rows)]" : "[]", ["x-total-count": "\(total)"])
        }) { client, _ in
            let members = await client.teamMembers(4, team).value
            #expect(members?.listed.count == shown)
            #expect((members?.incomplete == nil) == isWhole)
        }
    }

    /// Where a page is left out on the way, what comes behind it is no end of the list.
    @Test(arguments: [([50, 0, 20], false), ([50, 20, 0], true), ([0, 50, 20], false), ([50, 50, 0], false)])
    func aPageIsLeftOut(_ sizes: [Int], _ isWhole: Bool) async throws {
        let team = TeamReference(organization: "acme", name: "qa")
        try await withForge({ request in
            if request.route == "/settings/api" { return .limits }
            let page = (request.query("page").flatMap { Int($0) } ?? 1) - 1
            let rows = (0..<(page < sizes.count ? sizes[page] : 0)).map {
                #"{"id":\#(page * 50 + $0 + 1),"login":"person-\#(page)-\#($0)"}"#
            }
            return .json("[\(rows.joined(separator: ","))]", ["x-total-count": "120"])
        }) { client, _ in
            let members = await client.teamMembers(4, team).value
            #expect(members?.listed.count == sizes.reduce(0, +))
            #expect(members.map { ($0.incomplete == nil) == isWhole } == true)
        }
    }

    /// Some servers write an empty page as null: what is behind all that is counted may be.
    @Test(arguments: [0, 50]) func nullMayStandBehindAll(_ total: Int) async throws {
        let names = (0..<total).map { #"{"id":\#($0 + 1),"name":"team-\#($0)","permission":"read"}"# }
        let first = total == 0 ? "null" : "[\(names.joined(separator: ","))]"
        let teams = try await withForge({ request in
            if request.route == "/settings/api" { return .limits }
            return .json(request.query("page") == "1" ? first : "null", ["x-total-count": "\(total)"])
        }) { client, _ in try await client.teams(of: "acme") }
        #expect(teams.count == total)
    }

    @Test func nullIsNoPageOfAList() async throws {
        try await withForge({ $0.route == "/settings/api" ? .limits : .json("null") }) { [widget] client, _ in
            _ = await #expect(throws: ForgeError.self) { try await client.reviews(widget, 1) }
        }
    }

    @Test func thePageSizeIsAskedForOnce() async throws {
        try await withForge(Self.reviews(7, clamp: 3)) { [widget] client, forge in
            _ = try await client.reviews(widget, 1)
            _ = try await client.reviews(widget, 1)
            #expect(forge.asked.filter { $0.route == "/settings/api" }.count == 1)
        }
    }

    /// And once more, to see that nothing moved meanwhile.
    @Test func thePromisedPagesAreAskedForOnceEach() async throws {
        try await withForge(Self.reviews(20, clamp: 3)) { [widget] client, forge in
            _ = try await client.reviews(widget, 1)
            let pages = forge.asked.compactMap { $0.query("page") }
            #expect(pages.first == "1")
            #expect(pages.sorted() == (1...7).flatMap { [String($0), String($0)] })
        }
    }

    @Test func aCallThatDoesNotPageEnds() async throws {
        let rows = (1...60).map {
            #"{"id":\#($0),"state":"COMMENT","dismissed":false,\#(Self.rest)}"#
        }.joined(separator: ",")
        try await withForge({ _ in .json("[\(rows)]") }) { [widget] client, forge in
            let reviews = try await client.reviews(widget, 1)
            #expect(reviews.count == 60)
            #expect(forge.asked.count == 1)
        }
        let few = #"[{"id":1,"state":"COMMENT","dismissed":false,\#(Self.rest)}]"#
        try await withForge({ $0.route == "/settings/api" ? .json(#"{"max_response_items":1}"#) : .json(few) }) {
            [widget] client, forge in
            let reviews = try await client.reviews(widget, 1)
            #expect(reviews.count == 1)
            // The size of a page, and two pages twice.
            #expect(forge.asked.count == 5)
        }
    }

    @Test func tooManyIsAnErrorAndNotACut() async throws {
        var limits = ForgeLimits()
        limits.reviews = 10
        try await withForge(Self.reviews(11, clamp: 5), limits: limits) { [widget] client, _ in
            let error = await #expect(throws: ForgeError.self) { try await client.reviews(widget, 1) }
            #expect(error?.kind == .overLimit("reviews", limit: 10))
            #expect(
                error?.description
                    == "there are more than 10 reviews (`GET /repos/{owner}/{repo}/pulls/{index}/reviews` "
                    + "with `forge.token`)")
        }
        try await withForge(Self.reviews(11, clamp: 5, counted: false), limits: limits) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.reviews(widget, 1) }
            #expect(kind == .overLimit("reviews", limit: 10))
        }
    }

    @Test func aListThatKeepsChangingIsMoving() async throws {
        let calls = Mutex(0)
        try await withForge({ asked in
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            return Self.reviews(100 + number, clamp: 50)(asked)
        }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.reviews(widget, 1) }
            #expect(kind == .moving("the list of reviews kept changing"))
        }
    }

    @Test func aTimelineInPartsIsRefused() async throws {
        try await withForge({ _ in .json("[]", ["x-hasmore": "true"]) }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.timeline(widget, 1) }
            #expect(kind == .malformed("the forge gives a part of a list that comes whole"))
        }
    }

    /// A combined status in pages of two, newest first, whose count is wrong.
    static func combined(_ ids: [Int], page: Int) -> Canned {
        let rows = ids.dropFirst((page - 1) * 2).prefix(2).map {
            #"{"id":\#($0),"status":"success","context":"c\#($0 % 10)","creator":null}"#
        }
        let list = rows.isEmpty ? "null" : "[\(rows.joined(separator: ","))]"
        let sha = String(repeating: "a", count: 40)
        return .json(#"{"state":"","sha":"\#(sha)","total_count":1,"statuses":\#(list)}"#, ["x-total-count": "1"])
    }

    @Test func everyContextIsRead() async throws {
        let sha = try #require(CommitID(String(repeating: "a", count: 40)))
        for count in 0...7 {
            let ids = Array((0..<count).reversed())
            try await withForge({ asked in
                asked.route == "/settings/api"
                    ? .json(#"{"max_response_items":2}"#)
                    : Self.combined(ids, page: Int(asked.query("page") ?? "") ?? 1)
            }) { [widget] client, _ in
                let found = try await client.statuses(widget, of: sha).map { Int($0.id) }
                #expect(found == ids.reversed())
            }
        }
    }

    @Test func aStatusPostedMeanwhileIsNotMissed() async throws {
        let sha = try #require(CommitID(String(repeating: "a", count: 40)))
        let pages = Mutex(0)
        // Between the first and the second page context 0 gets a new row and moves to the front.
        try await withForge({ asked in
            guard asked.route != "/settings/api" else { return .json(#"{"max_response_items":2}"#) }
            let read = pages.withLock { pages in
                pages += 1
                return pages
            }
            return Self.combined(read == 1 ? [3, 2, 1, 0] : [10, 3, 2, 1], page: Int(asked.query("page") ?? "") ?? 1)
        }) { [widget] client, _ in
            let found = try await client.statuses(widget, of: sha).map { Int($0.id) }
            #expect(found == [1, 2, 3, 10])
        }
    }
}
