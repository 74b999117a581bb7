import GatePolicy
import Testing

@testable import GateForge

/// Answers that are no forge's: a key left out or there twice, a row there twice or of another pull request.
struct LieTests {
    private let widget = RepositoryName(owner: "acme", name: "widget")

    private static let moments = #""created_at":"2026-11-21T04:01:07Z","updated_at":"2026-11-21T04:01:07Z""#

    private func comments(_ rows: String...) async throws -> ForgeError.Kind? {
        let body = "[" + rows.joined(separator: ",") + "]"
        return try await withForge({ _ in .json(body) }) { [widget] client, _ in
            await failure { () async throws(ForgeError) in try await client.comments(widget, 4) }
        }
    }

    @Test func aKeyThatIsThereTwice() async throws {
        let row = #"{"id":1,"user":null,"body":"/revoke qa","body":"fine",\#(Self.moments)}"#
        #expect(try await comments(row) == .malformed("`body` is there twice"))
        // The same name in other letters of JSON.
        let escaped = #"{"id":1,"user":null,"body":"/revoke qa","bod\u0079":"fine",\#(Self.moments)}"#
        #expect(try await comments(escaped) == .malformed("`body` is there twice"))
    }

    @Test func aKeyThatEveryServerSends() async throws {
        #expect(try await comments(#"{"id":1,"body":"x",\#(Self.moments)}"#) == .malformed("`0.user` is missing"))
        #expect(try await comments(#"{"id":1,"user":null,"body":"x",\#(Self.moments)}"#) == nil)
    }

    @Test func aRowThatIsThereTwice() async throws {
        let row = #"{"id":1,"user":null,"body":"x",\#(Self.moments)}"#
        #expect(try await comments(row, row) == .malformed("a row of a list is there twice on one page"))
    }

    @Test func aRowOfAnotherPullRequest() async throws {
        func row(_ number: Int) -> String {
            #"{"id":1,"user":null,"body":"x","pull_request_url":"http://x/acme/widget/pulls/\#(number)",\#(Self.moments)}"#
        }
        #expect(try await comments(row(4)) == nil)
        #expect(try await comments(row(14)) == .malformed("it is of another pull request"))
    }

    @Test func openPullRequestsAreShownAsCounted() async throws {
        try await withForge({ asked in
            asked.route == "/settings/api" ? .limits : .json("[]", ["x-total-count": "2"])
        }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.openSnapshots(widget) }
            #expect(kind == .malformed("the forge counts 2 of open pull requests and shows 0"))
        }
    }

    /// One of a state that nobody knows is not one that is closed.
    @Test func openPullRequestsHaveAKnownState() async throws {
        let row = try Recordings.answer(714).body
        let odd = row.replacing(#""state":"open""#, with: #""state":"ajar""#)
        #expect(odd != row)
        try await withForge({ asked in asked.route == "/settings/api" ? .limits : .json(odd) }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.openSnapshots(widget) }
            #expect(kind == .malformed("`state` is not one that is known"))
        }
    }

    /// Without an old name, or with the present one: the trees are asked then.
    @Test(arguments: ["", #""previous_filename":"","#, #""previous_filename":"b","#])
    func aRenamedFileThatDoesNotSayFromWhat(_ told: String) async throws {
        let head = try #require(CommitID(String(repeating: "a", count: 40)))
        let row = #"""
            {"filename":"b",\#(told)"status":"renamed","additions":0,"deletions":0,"contents_url":"http://x/b?ref=\#(head.text)"}
            """#
        try await withForge({ asked in
            asked.route == "/settings/api" ? .limits : .json("[\(row)]", ["x-total-count": "1"])
        }) { [widget] client, _ in
            let listing = try await client.files(widget, 1, head: head)
            #expect(listing.renamed == [0])
        }
    }
}
