import GatePolicy
import Testing

@testable import GateForge

/// Names that compare alike and are two, answers about something else, and answers that never end.
struct AttackTests {
    private let widget = RepositoryName(owner: "acme", name: "widget")
    private static let head = "47bc05aba957b2f9e7d1d17924073f217f25085b"

    private func commit() throws -> CommitID { try #require(CommitID(Self.head)) }

    private static func file(
        _ name: String, _ lines: Int, previous: String = "", status: String = "changed"
    ) -> String {
        #"{"filename":"\#(name)","previous_filename":"\#(previous)","status":"\#(status)","additions":\#(lines),"deletions":0,"#
            + #""contents_url":"http://127.0.0.1/contents/x?ref=\#(head)"}"#
    }

    private func files(_ rows: [String]) async throws -> [ChangedFile] { try await listing(rows).files }

    private func listing(_ rows: [String], total: Int? = nil) async throws -> FileListing {
        let body = "[\(rows.joined(separator: ","))]"
        return try await withForge({
            $0.route == "/settings/api" ? .limits : .json(body, ["x-total-count": "\(total ?? rows.count)"])
        }) {
            [widget] client, _ in try await client.files(widget, 1, head: try commit())
        }
    }

    /// A change of type is shown as two and counted as one, and the list is cut to the count.
    @Test func aChangeOfTypeSaysThatTheListMayBeCut() async throws {
        let both = try await listing([
            Self.file("docs/a.md", 1, status: "deleted"), Self.file("docs/a.md", 900, status: "added"),
        ])
        #expect(both.split == ["docs/a.md"])
        #expect(both.files.map(\.path) == ["docs/a.md"])
        #expect(both.files.first?.isCounted == false)
        let half = try await listing([Self.file("a.md", 1), Self.file("b.md", 1, status: "deleted")])
        #expect(half.split.isEmpty && half.lastDeleted == "b.md")
        let whole = try await listing([Self.file("a.md", 1, status: "deleted"), Self.file("b.md", 1)])
        #expect(whole.split.isEmpty && whole.lastDeleted == nil)
    }

    @Test func fewerFilesThanAreCountedAreNoAnswer() async throws {
        await #expect(throws: ForgeError.self) { try await listing([Self.file("a.md", 1)], total: 2) }
    }

    /// Two pages of two heads: what the second has is not below the head that the first began with.
    @Test func commitsOfTwoHeadsAreNoAnswer() async throws {
        func row(_ digit: Character, above parent: Character) -> String {
            let (id, below) = (String(repeating: digit, count: 40), String(repeating: parent, count: 40))
            return #"{"sha":"\#(id)","author":null,"committer":null,"parents":[{"sha":"\#(below)"}]}"#
        }
        func commits(_ rows: [String]) async throws -> [Commit] {
            let answer = Canned.json("[\(rows.joined(separator: ","))]", ["x-total-count": "\(rows.count)"])
            let head = try #require(CommitID(String(repeating: "a", count: 40)))
            return try await withForge({ $0.route == "/settings/api" ? .limits : answer }) {
                [widget] client, _ in try await client.commits(widget, 1, head: head)
            }
        }
        #expect(try await commits([row("a", above: "b"), row("b", above: "c")]).count == 2)
        await #expect(throws: ForgeError.self) { try await commits([row("a", above: "d"), row("b", above: "c")]) }
    }

    @Test func twoFilesWhoseNamesCompareAlikeAreTwo() async throws {
        let found = try await files([Self.file("src/e\u{301}.swift", 1), Self.file("src/\u{e9}.swift", 9_000)])
        #expect(found.map(\.additions) == [1, 9_000])
    }

    @Test func aRenameToANameThatComparesAlikeTouchesBoth() async throws {
        let found = try await files([Self.file("infra/e\u{301}.tf", 1, previous: "infra/\u{e9}.tf")])
        #expect(found.first?.paths.count == 2)
    }

    /// The forge writes every byte that is not UTF-8 as U+FFFD: several files may share such a name.
    @Test func aFileNameThatIsNotToldIsRefused() async throws {
        await #expect(throws: ForgeError.self) { try await files([Self.file("src/\u{fffd}.swift", 1)]) }
    }

    private func tree(
        _ entries: [(String, String)], directories: [String] = [], total: Int? = nil, of sha: String = head
    ) async throws -> [ExactText: String]? {
        let rows =
            entries.map { #"{"path":"\#($0.0)","mode":"100644","type":"blob","sha":"\#($0.1)"}"# }
            + directories.map { #"{"path":"\#($0)","mode":"040000","type":"tree","sha":"\#(sha)"}"# }
        let list = rows.isEmpty ? "null" : "[\(rows.joined(separator: ","))]"
        let body = #"{"sha":"\#(sha)","tree":\#(list),"truncated":false,"total_count":\#(total ?? rows.count)}"#
        return try await withForge({ _ in .json(body) }) { [widget] client, _ in
            try await client.tree(widget, commit: try commit())
        }
    }

    /// The approved file, and beside it one that only looks like it.
    @Test func aTreeHidesNoFileBehindAnother() async throws {
        let approved = try #require(try await tree([("src/\u{e9}.swift", "aaaa")]))
        do {
            let later = try #require(
                try await tree([("src/e\u{301}.swift", "bbbb"), ("src/\u{e9}.swift", "aaaa")]))
            #expect(later.count > approved.count)
        } catch is ForgeError {
            // Saying that it cannot be told is as good.
        }
    }

    /// Less than there is, another object, or the root alone: what is below could be anything.
    @Test func aPartOfATreeIsNoAnswer() async throws {
        #expect(try await tree([("src/a", "aaaa")], directories: ["src"])?.count == 1)
        #expect(try await tree([])?.isEmpty == true)
        let other = String(repeating: "1", count: 40)
        await #expect(throws: ForgeError.self) { try await tree([("README.md", "aaaa")], directories: ["src"]) }
        await #expect(throws: ForgeError.self) { try await tree([("README.md", "aaaa")], total: 2) }
        await #expect(throws: ForgeError.self) { try await tree([], total: 2) }
        await #expect(throws: ForgeError.self) { try await tree([("README.md", "aaaa")], of: other) }
    }

    @Test(arguments: [["a", "a"], ["\u{fffd}"]]) func aTreeThatCannotBeToldIsRefused(_ names: [String]) async throws {
        await #expect(throws: ForgeError.self) { try await tree(names.map { ($0, "aaaa") }) }
    }

    private func statuses(_ sha: String, _ rows: [(Int, String, String)]) async throws -> [CommitStatus] {
        let list = rows.map {
            #"{"id":\#($0.0),"status":"\#($0.2)","context":"\#($0.1)","description":"","target_url":"","creator":null}"#
        }
        let body = #"{"sha":"\#(sha)","state":"success","statuses":[\#(list.joined(separator: ","))]}"#
        return try await withForge({ $0.route == "/settings/api" ? .limits : .json(body) }) { [widget] client, _ in
            try await client.statuses(widget, of: try commit())
        }
    }

    @Test func contextsThatCompareAlikeAreTwo() async throws {
        let rows = try await statuses(
            Self.head, [(1, "countersign: caf\u{e9}", "success"), (2, "countersign: cafe\u{301}", "pending")])
        #expect(rows.map(\.state) == [.success, .pending])
    }

    @Test func anotherCommitsStatusesAreNoAnswer() async throws {
        await #expect(throws: ForgeError.self) {
            try await statuses(String(repeating: "1", count: 40), [(1, "ci/build", "success")])
        }
    }

    @Test func anotherPullRequestIsNoAnswer() async throws {
        let answer = try Recordings.answer(524)
        try await withForge({ _ in answer }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.pullRequest(widget, 2) }
            #expect(kind?.isMalformed == true, "\(String(describing: kind))")
        }
    }

    @Test func anotherBranchIsNoAnswer() async throws {
        let body = #"{"name":"dev","commit":{"id":"\#(Self.head)"},"protected":true}"#
        try await withForge({ _ in .json(body) }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.branch(widget, "main") }
            #expect(kind?.isMalformed == true, "\(String(describing: kind))")
        }
    }

    /// A branch that pull requests are opened against is there: without it nobody knows the templates.
    @Test func aDefaultBranchThatIsSaidNotToBeThere() async throws {
        try await withForge({ _ in .refusal(404, "branch does not exist [name: main]") }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in
                try await client.pullRequestTemplates(widget, defaultBranch: "main")
            }
            #expect(kind?.isMalformed == true, "\(String(describing: kind))")
        }
    }

    /// A commit that is not there proves nothing about a file in it.
    @Test(arguments: ["sha not found [\(head)]", "branch does not exist [name: main]"])
    func aMissingCommitIsNoAbsentFile(message: String) async throws {
        try await withForge({ _ in .refusal(404, message) }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in
                try await client.file(widget, path: ".countersign.yml", ref: Self.head)
            }
            #expect(kind?.isNotFound == true, "\(String(describing: kind))")
        }
    }

    /// A proxy that decodes the path would leave the API, with the token.
    @Test(arguments: ["/api/v1/%2e%2e/%2E%2e/other", "/api/v1/.%2e/x", "/api/v1/..%2f..%2fother", "/api/v1/..\\x"])
    func aRedirectThatLeavesTheAPIIsNotFollowed(location: String) async throws {
        try await withForge({ _ in .redirect(302, to: location) }) { client, forge in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .redirectedAway(to: "a page outside the API"))
            #expect(forge.asked.count == 1)
        }
    }

    /// The head of the answer comes at once, and of its body a part.
    @Test(.timeLimit(.minutes(1))) func aBodyThatNeverEndsIsGivenUp() async throws {
        let answer = Canned(body: #"{"version":"#, fault: .stalls)
        try await withForge({ _ in answer }, deadline: .milliseconds(200)) { client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.version() }
            #expect(kind == .timeout)
        }
    }
}

extension ForgeError.Kind {
    fileprivate var isMalformed: Bool { if case .malformed = self { true } else { false } }
    fileprivate var isNotFound: Bool { if case .notFound = self { true } else { false } }
}
