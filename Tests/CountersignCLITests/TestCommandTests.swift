import Foundation
import Testing

@testable import CountersignCLI

/// `countersign test`: a folder's tests, how they end, and what is said of files that are none.
@Suite struct TestCommandTests {
    private static let policy = "version: 1\ngates:\n  review: { require: qa }\n"
    private static let passing = """
        people: { qa: [bob] }
        repository: { name: acme/widget }
        pull: { author: alice }
        cases:
          - { name: nobody looked, expect: { review: waiting } }
          - { name: bob looked, reviews: [bob approves], expect: { review: approved, summary: approved } }

        """

    /// What `countersign test` says of a folder with these files.
    private func tested(_ files: [String: String], _ arguments: String...) async throws -> Desk.Ended {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        var ended = await Desk(folder: folder.path).run(["test", folder.path] + arguments)
        ended.output = ended.output.replacing(folder.path, with: "policies")
        ended.talk = ended.talk.replacing(folder.path, with: "policies")
        return ended
    }

    @Test func everythingAsExpected() async throws {
        let ended = try await tested([
            "a/countersign.yml": Self.policy, "a/countersign.test.yml": Self.passing,
            "b/base.yml": Self.policy, "b/base.test.yml": Self.passing, "c/notes.yml": "no: test",
        ])
        #expect(ended.status == 0)
        try expectTold(ended.told, "test-passing")
    }

    @Test func aCaseThatFails() async throws {
        let failing = Self.passing.replacing("review: waiting", with: "review: approved")
        let files = ["countersign.yml": Self.policy, "countersign.test.yml": failing]
        let ended = try await tested(files)
        #expect(ended.status == 1)
        try expectTold(ended.told, "test-failing")
        let json = try await tested(files, "--format", "json")
        #expect(json.status == 1)
        try expectTold(json.told, "test-failing-json")
    }

    /// One broken file hides no other: the rest is run, and the whole is not valid.
    @Test func aFileThatIsNone() async throws {
        let ended = try await tested([
            "a.test.yml": "people: { qa: [bob]\ncases: []\n", "b.test.yml": "pull: { autor: alice }\ncases: []\n",
            "c.test.yml": Self.passing, "d.yml": Self.policy, "d.test.yml": Self.passing,
            "e.yml": "version: 1\ngates: { review: { requires: qa } }\n", "e.test.yml": Self.passing,
        ])
        #expect(ended.status == 3)
        try expectTold(ended.told, "test-broken")
    }

    @Test func nothingToTest() async throws {
        let ended = try await tested(["countersign.yml": Self.policy])
        #expect(ended.status == 64)
        try expectTold(ended.told, "test-nothing")
    }

    @Test func aFolderThatIsMissing() async {
        let ended = await Desk().run("test", "no/such/folder")
        #expect(ended.status == 64 && ended.talk == "countersign: `no/such/folder` does not exist\n")
    }
}
