import GatePolicy
import Testing

@testable import GateForge

/// Files, branches, trees and histories, and the proofs that one is not there.
struct ContentsTests {
    private let widget = RepositoryName(owner: "acme", name: "widget")

    private func commit(_ text: String) throws -> CommitID { try #require(CommitID(text)) }

    /// A client of a forge that gives one recorded answer to everything.
    private func answering<Value: Sendable>(
        _ number: Int, _ body: (ForgeClient, CannedForge) async throws -> Value
    ) async throws -> Value {
        let answer = try Recordings.answer(number)
        return try await withForge({ $0.route == "/settings/api" ? .limits : answer }, body)
    }

    @Test func aFile() async throws {
        let file = try await answering(695) { [widget] client, forge in
            let file = try await client.file(widget, path: ".gitea/gates.yml", ref: "main")
            #expect(forge.routes == ["GET /api/v1/repos/acme/widget/contents/.gitea/gates.yml?ref=main"])
            return file
        }
        #expect(file == .content(Array("version: 1\n".utf8), blob: "b82551848c644f63b8517a7bdf8be9a992e6f4da"))
    }

    @Test func onlyTheForgesProofIsAnAbsence() async throws {
        let missing = try Recordings.answer(696)
        for (listed, proof) in [
            (#"{"path":"src","mode":"040000","type":"tree","sha":"\#(other)"}"#, FileAnswer.absent),
            (#"{"path":".gitea","mode":"100644","type":"blob","sha":"\#(other)"}"#, .absent),
            (#"{"path":".gitea","mode":"040000","type":"tree","sha":"\#(below)"}"#, nil),
        ] {
            let told = try await withForge({ asked in
                asked.route.contains("/contents/") ? missing : Self.tree(asked.route, listed)
            }) { [widget, other] client, _ in
                try? await client.file(widget, path: ".gitea/none.yml", ref: other)
            }
            #expect(told == proof, "\(listed)")
        }
        for number in [697, 698, 727] {
            try await answering(number) { [widget] client, _ in
                let kind = await failure { () async throws(ForgeError) in
                    try await client.file(widget, path: ".gitea/gates.yml", ref: "nope")
                }
                guard case .notFound = kind else {
                    Issue.record("\(number): \(String(describing: kind))")
                    return
                }
            }
        }
    }

    /// A push between two answers about a branch: the file is read where the branch is now.
    @Test func aBranchThatMoves() async throws {
        let missing = try Recordings.answer(696)
        let branch = #"{"name":"main","commit":{"id":"\#(other)"},"protected":false}"#
        let content = #"{"type":"file","sha":"1","size":2,"encoding":"base64","content":"aGk="}"#
        for (ref, told) in [("main", FileAnswer.content(Array("hi".utf8), blob: "1")), (other, nil)] {
            let answer = try await withForge({ [other] asked in
                if asked.route.contains("/branches/") { return .json(branch) }
                if asked.route.contains("/trees/") {
                    return Self.tree(asked.route, #"{"path":"x","mode":"100644","type":"blob","sha":"1"}"#)
                }
                return ref == "main" && asked.query("ref") == other ? .json(content) : missing
            }) { [widget] client, _ in
                try? await client.file(widget, path: "x", ref: ref)
            }
            #expect(answer == told)
        }
    }

    @Test(arguments: [
        ("[]", FileAnswer.Kind.directory), (#"{"type":"symlink","sha":"1","size":3}"#, .symlink),
        (#"{"type":"submodule","sha":"1","size":0,"content":null}"#, .submodule),
    ])
    func whatIsNoFile(body: String, kind: FileAnswer.Kind) async throws {
        let answer = try await withForge({ _ in .json(body) }) { [widget] client, _ in
            try await client.file(widget, path: "x", ref: "main")
        }
        #expect(answer == .notAFile(kind))
    }

    private var other: String { String(repeating: "5", count: 40) }
    private var below: String { String(repeating: "6", count: 40) }

    /// A root with one entry; what lies below has the file that is said to be missing.
    private static func tree(_ route: String, _ entry: String) -> Canned {
        let object = route.split(separator: "/").last.map(String.init) ?? ""
        let file = #"{"path":"none.yml","mode":"100644","type":"blob","sha":"\#(object)"}"#
        let row = object.hasPrefix("6") ? file : entry
        return .json(#"{"sha":"\#(object)","tree":[\#(row)],"truncated":false,"total_count":1}"#)
    }

    @Test func aFileThatIsCutIsNoFile() async throws {
        let cut = #"{"type":"file","sha":"1","size":12,"encoding":"base64","content":"dmVyc2lvbjogMQo="}"#
        try await withForge({ _ in .json(cut) }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.file(widget, path: "x", ref: "m")
            }
            #expect(kind == .malformed("`content` is not the whole file in base64"))
        }
    }

    @Test func aBranch() async throws {
        let branch = try await answering(648) { [widget] client, _ in try await client.branch(widget, "main") }
        #expect(branch?.isProtected == true)
        #expect(branch?.requiredContexts == ["gates/qa", "gates/security"])
        #expect(branch?.isStatusCheckEnabled == true)
        #expect(branch?.requiredApprovals == 1)
        #expect(branch?.commit == CommitID("681ee5e6991d06a3f71a3a15024db65bf3a16e34"))
    }

    @Test func branchNamesAreOneSegment() async throws {
        try await answering(649) { [widget] client, forge in
            // The recorded answer is of another branch, which is refused.
            _ = try? await client.branch(widget, "feature/ü #1?%")
            #expect(forge.routes == ["GET /api/v1/repos/acme/widget/branches/feature%2F%C3%BC%20%231%3F%25"])
        }
    }

    @Test func aBranchThatIsNotThere() async throws {
        let gone =
            #"{"errors":["branch does not exist [name: nope]"],"message":"The target couldn't be found.","url":""}"#
        let branch = try await withForge({ _ in .json(gone, status: 404) }) { [widget] client, _ in
            try await client.branch(widget, "nope")
        }
        #expect(branch == nil)
        try await withForge({ _ in .notFound }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.branch(widget, "main") }
            #expect(kind == .notFound(message: "The target couldn't be found.", details: []))
        }
    }

    @Test func aBranchThatIsNotThereOnAForgeOfFewWords() async throws {
        let repository = try Recordings.answer(222)
        let main = try Recordings.answer(648)
        let answer: @Sendable (Asked) -> Canned = { asked in
            switch asked.route {
            case "/repos/acme/widget": repository
            case "/repos/acme/widget/branches/main": main
            default: .notFound
            }
        }
        let branch = try await withForge(answer) { [widget] client, _ in try await client.branch(widget, "nope") }
        #expect(branch == nil)
    }

    @Test func aTree() async throws {
        let sha = try commit("22fde9755285b3c511e1630ae1d5f3bf4a920c55")
        let tree = try await answering(729) { [widget] client, _ in try await client.tree(widget, commit: sha) }
        #expect(tree?[".gitea/gates.yml"] == "100644 b82551848c644f63b8517a7bdf8be9a992e6f4da")
        #expect(tree?["docs"] == nil)
    }

    @Test func aTreeInPages() async throws {
        let sha = try commit("22fde9755285b3c511e1630ae1d5f3bf4a920c55")
        let answer: @Sendable (Asked) -> Canned = { asked in
            let page = asked.query("page") ?? ""
            return .json(
                #"{"sha":"\#(sha)","truncated":\#(page != "3"),"total_count":3,"#
                    + #""tree":[{"path":"\#(page)","mode":"100644","type":"blob","sha":"a"}]}"#)
        }
        let tree = try await withForge(answer) { [widget] client, _ in try await client.tree(widget, commit: sha) }
        #expect(tree == ["1": "100644 a", "2": "100644 a", "3": "100644 a"])
        var limits = ForgeLimits()
        limits.treeEntries = 2
        try await withForge(answer, limits: limits) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.tree(widget, commit: sha) }
            #expect(kind == .overLimit("entries in a tree", limit: 2))
        }
    }

    @Test func aCommitThatThePruningTook() async throws {
        let sha = try commit("22fde9755285b3c511e1630ae1d5f3bf4a920c55")
        let gone = Canned.refusal(400, "sha not found [\(sha)]")
        let tree = try await withForge({ _ in gone }) { [widget] client, _ in try await client.tree(widget, commit: sha)
        }
        #expect(tree == nil)
        try await withForge({ _ in .notFound }) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in try await client.tree(widget, commit: sha) }
            #expect(kind == .notFound(message: "The target couldn't be found.", details: []))
        }
    }

    @Test func aHistory() async throws {
        let sha = try commit("22fde9755285b3c511e1630ae1d5f3bf4a920c55")
        try await answering(683) { [widget] client, forge in
            let part = try await client.history(widget, from: sha, limit: 3)
            #expect(part.commits.count == 3)
            #expect(part.commits.first?.id == sha)
            #expect(part.commits.first?.parents.count == 2)
            #expect(!part.isWhole)
            #expect(forge.asked.first?.query("sha") == sha.text)
        }
    }

    /// A line of commits, each the parent of the one before.
    private static func line(_ numbers: Range<Int>) -> String {
        func id(_ number: Int) -> String { String(repeating: "0", count: 37) + "\(100 + number)" }
        let rows = numbers.map {
            #"{"sha":"\#(id($0))","author":null,"committer":null,"parents":[{"sha":"\#(id($0 + 1))"}]}"#
        }
        return "[" + rows.joined(separator: ",") + "]"
    }

    /// Where nothing counts the commits, a full page is not the last one.
    @Test func aFullPageWithoutACountIsNotTheEnd() async throws {
        let sha = try commit(String(repeating: "0", count: 37) + "100")
        let pages = ["1": Self.line(0..<50), "2": Self.line(50..<60)]
        let answer: @Sendable (Asked) -> Canned = { asked in
            asked.route == "/settings/api" ? .limits : .json(asked.query("page").flatMap { pages[$0] } ?? "[]")
        }
        try await withForge(answer) { [widget] client, _ in
            let part = try await client.history(widget, from: sha, limit: 50)
            #expect(part.commits.count == 50 && !part.isWhole)
            let whole = try await client.history(widget, from: sha, limit: 500)
            #expect(whole.commits.count == 60 && whole.isWhole)
        }
    }

    @Test func aHistoryHangsTogether() async throws {
        let sha = try commit(String(repeating: "0", count: 37) + "100")
        let answer: @Sendable (Asked) -> Canned = { asked in
            asked.route == "/settings/api"
                ? .limits : .json(Self.line(0..<3).dropLast() + "," + Self.line(4..<6).dropFirst())
        }
        try await withForge(answer) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in
                try await client.history(widget, from: sha, limit: 50)
            }
            #expect(kind == .malformed("a commit is left out"))
        }
    }

    /// It may be the first commit only where it says so.
    @Test(arguments: ["", #","parents":null"#]) func aCommitWithoutAListOfParents(_ parents: String) async throws {
        let sha = try commit(String(repeating: "0", count: 37) + "100")
        let answer: @Sendable (Asked) -> Canned = { asked in
            asked.route == "/settings/api"
                ? .limits : .json(#"[{"sha":"\#(sha)","author":null,"committer":null\#(parents)}]"#)
        }
        try await withForge(answer) { [widget] client, _ in
            let kind = await failure { () async throws(ForgeError) in
                try await client.history(widget, from: sha, limit: 50)
            }
            #expect(kind == .malformed("a commit has no full object id, or no list of parents"))
        }
    }
}
