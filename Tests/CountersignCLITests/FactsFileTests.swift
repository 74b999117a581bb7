import Foundation
import GatePolicy
import Testing

@testable import CountersignCLI

/// Facts written by hand, and what is said of those that are no facts.
@Suite struct FactsFileTests {
    private static let facts = """
        {
          "version": 1, "now": 1780000000,
          "repository": {"name": {"owner": "acme", "name": "widget"}, "owner": {"id": 9, "login": "acme"}},
          "pullRequest": {"number": 3, "author": {"id": 1, "login": "alice"}, "head": "\(head)"},
          "reviews": {"known": [{"id": 1, "author": {"id": 2, "login": "bob"}, "state": "APPROVED", "commit": "\(head)"}]},
          "commits": {"known": [{"id": "\(head)"}]}, "timeline": {"known": []},
          "watchedFiles": {"known": {"same": [".countersign.yml", ".gitea/countersign.yml", ".forgejo/countersign.yml"]}},
          "directories": {"acme": {"known": {"ids": {"qa": 7}}}},
          "teamMembers": [{"key": 7, "value": {"known": {"listed": [{"id": 2, "login": "bob"}]}}}]
        }
        """
    private static let commits = "\"commits\": {\"known\": [{\"id\": \"\(head)\"}]}"
    private static let old = String(repeating: "b", count: 40)
    private static let head = String(repeating: "a", count: 40)
    private static let policy = "version: 1\nblock: none\ngates:\n  review: { require: qa }\n"

    private func explained(_ facts: String) async -> Desk.Ended {
        let files = ["f.json": facts, "p.yml": Self.policy]
        return await Desk(files: files).run("explain", "--facts", "f.json", "--policy", "p.yml")
    }

    @Test func byHand() async {
        let ended = await explained(Self.facts)
        #expect(ended.status == 0, "\(ended.talk)\(ended.output)")
        #expect(ended.output.contains("✓ review: approved by bob"))
    }

    @Test func theDocumentedOne() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Documentation/asking.md"), encoding: .utf8)
        let block = try #require(text.firstMatch(of: /```json\n(?<facts>[\s\S]*?)```/))
        #expect(await explained(String(block.output.facts)).status == 0)
    }

    /// Decoders take one of the two, and nobody knows which.
    @Test(arguments: ["\"reviews\"", "\"rev\\u0069ews\""])
    func aKeyTwiceIsRefused(_ key: String) async {
        let facts = Self.facts.replacing("\"timeline\":", with: "\(key): {\"known\": []}, \"timeline\":")
        let ended = await explained(facts)
        #expect(ended.status == 64, "\(ended)")
        #expect(ended.talk.contains("has the key `reviews` twice in one object, also on line 6"), "\(ended)")
    }

    @Test(arguments: [
        ("{\n  // alice\n}", ":2:3"), ("{\"now\": NaN}", ":1:9"), ("{\"a\": \"x}", ":1:7"),
        ("[1, 2", ":1:6"), ("{\"a\" 1}", ":1:6"), ("{} {}", ":1:4"), ("{\"a\": \"\\q\"}", ":1:7"), ("", ":1:1"),
        ("{\"a\": 01}", ":1:7"), ("{a: 1}", ":1:2"),
    ])
    func whatIsNotJSONHasAPlace(_ text: String, _ place: String) async {
        let ended = await explained(text)
        #expect(ended.status == 64 && ended.talk.contains("`f.json`\(place) is not JSON"), "\(ended)")
    }

    /// The decoder takes it, and no other reader of JSON does.
    @Test(arguments: ["\"number\": 3, }", "\"number\": 3 ,\n}"]) func aCommaTooMany(_ end: String) async {
        let ended = await explained("{\"a\": \"[1,]\", \"version\": 1, \"now\": [1,2], \(end)")
        #expect(ended.status == 64 && ended.talk.contains("is not JSON: a `,` stands before the end"), "\(ended)")
    }

    @Test func aByteThatIsNotUTF8HasAPlace() {
        #expect(JSONMistake.first(in: Array("{\n\"".utf8) + [0xE9] + Array("\": 1}".utf8)) == .init(line: 2, column: 2))
        #expect(JSONMistake.first(in: Array(Self.facts.utf8)) == nil)
    }

    @Test(arguments: [
        ("{\"known\": [], \"unknown\": {}}", "`reviews`: `known` and `unknown` exclude each other"),
        ("{\"unknown\": {}}", "`reviews.unknown`: the key `subject` is missing"),
    ])
    func knownOrUnknown(_ reviews: String, _ told: String) async {
        let facts = Self.facts.replacing("\"timeline\": {\"known\": []}", with: "\"templates\": \(reviews)")
        let ended = await explained(facts)
        #expect(ended.talk.contains(told.replacing("reviews", with: "templates")), "\(ended)")
    }

    /// Facts say nothing of what an organisation requires: a line says so, or its file is given.
    @Test func whatTheOrganizationRequires() async {
        let without = await explained(Self.facts)
        #expect(without.output.contains("what `acme` requires of every repository is not in this"), "\(without)")
        let required = """
            version: 1
            required:
              licence: { require: never("licence") }

            """
        let files = ["f.json": Self.facts, "p.yml": Self.policy, "o.yml": required]
        let question = ["explain", "--facts", "f.json", "--policy", "p.yml", "--organization", "o.yml"]
        let with = await Desk(files: files).run(question)
        #expect(with.status == 1 && with.output.contains("licence"), "\(with)")
        #expect(!with.output.contains("is not in this"))
    }

    @Test func aDraftIsHeld() async {
        let facts = Self.facts.replacing("\"number\": 3,", with: "\"number\": 3, \"isDraft\": true,")
        let ended = await explained(facts)
        #expect(ended.status == 1, "\(ended)")
        #expect(ended.output.contains("the pull request is a draft: it is pending until it is ready"), "\(ended)")
    }

    /// Two processes have two orders of sets and tables, and the same bytes of verdict.
    @Test func sameBytesInTwoProcesses() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let facts = folder.appending(path: "f.json")
        let policy = folder.appending(path: "p.yml")
        try Self.facts.write(to: facts, atomically: true, encoding: .utf8)
        let text = Self.policy + "  other: { require: qa or 2 of (qa | author), waive: { by: qa } }\n"
        try text.write(to: policy, atomically: true, encoding: .utf8)
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "countersign")
        let verdicts = try (0..<3).map { _ in
            let process = Process()
            process.executableURL = program
            process.arguments = ["explain", "--facts", facts.path, "--policy", policy.path, "--format", "json"]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let printed = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return printed
        }
        #expect(verdicts[0].count > 500)
        #expect(Set(verdicts).count == 1)
    }

    /// Nobody has the name, and there is no CODEOWNERS: that is known, and stays so when it is written.
    @Test func whatIsKnownNotToBe() async throws {
        let more = "\"users\": {\"ghost\": {\"known\": null}}, \"codeOwners\": {\"known\": null}, \"commits\""
        let text = Self.facts.replacing("\"commits\"", with: more)
        #expect(await explained(text).status == 0)
        let facts = try FactsFile.read(Array(text.utf8), file: "f.json")
        #expect(facts.users["ghost"] == .known(nil))
        #expect(try FactsFile.read(Array(FactsFile.text(facts).utf8), file: "f.json") == facts)
    }

    /// What the file does not say is not known, and never a pass.
    @Test func whatIsMissingIsUnknown() async {
        let ended = await explained(Self.facts.replacing("\(Self.commits), ", with: ""))
        #expect(ended.status == 2, "\(ended.output)")
        #expect(ended.output.contains("not known: which commits it has: the facts do not say it"), "\(ended.output)")
        #expect(ended.output.contains("cure: add `commits` to the file"), "\(ended.output)")
    }

    /// Whoever writes a file learns from it what else to write: nothing that a command could read is missing.
    @Test func theLeastThatIsAFile() async throws {
        let least = Self.facts.replacing("\(Self.commits), \"timeline\": {\"known\": []},", with: "")
            .replacing(/\s*"watchedFiles": .*/, with: "")
        let ended = await explained(least)
        #expect(ended.status == 2)
        try expectTold(ended.told, "explain-facts-left-out")
    }

    /// What an approval would ask for is told as well, where the file does not say it.
    @Test(arguments: [["explain", "--as", "bob"], ["simulate", "--approve", "bob"]])
    func whatASuppositionAsksFor(_ question: [String]) async {
        let facts = Self.facts.replacing("\(Self.commits), ", with: "").replacing(/"reviews": .*/) { _ in
            "\"reviews\": {\"known\": []},"
        }
        let files = ["f.json": facts, "p.yml": Self.policy]
        let ended = await Desk(files: files).run(question + ["--facts", "f.json", "--policy", "p.yml"])
        #expect(!ended.output.contains("was not read yet") && !ended.output.contains("run the check again"))
        #expect(ended.output.contains("which commits it has: the facts do not say it"), "\(ended.output)")
    }

    /// Nobody would know who wrote the head.
    @Test(arguments: [
        ("[]", "`commits.known` is empty, and the head `aaaaaaaaaa` brings at least itself: list"),
        ("[{\"id\": \"\(old)\"}]", "`commits.known` does not begin with the head `aaaaaaaaaa`: list"),
        ("[{\"id\": \"\(old)\"}, {\"id\": \"\(head)\"}]", "`commits.known` does not begin with the head"),
        ("[{\"id\": \"\(head)\"}, {\"id\": \"\(head)\"}]", "`commits.known[1]`: `id` is `\(head)`, as of"),
    ]) func commitsWithoutTheHead(_ commits: String, _ told: String) async {
        let facts = Self.facts.replacing(Self.commits, with: "\"commits\": {\"known\": \(commits)}")
        let ended = await explained(facts)
        #expect(ended.status == 64 && ended.output.isEmpty, "\(ended)")
        #expect(ended.talk.contains(told), "\(ended.talk)")
    }

    /// Nor how it is signed.
    @Test(arguments: [
        ("[]", "`verifications.known` is empty, and the head `aaaaaaaaaa` brings at least itself: list"),
        (
            "[{\"commit\": \"\(old)\", \"isVerified\": true}]",
            "`verifications.known` does not begin with the head `aaaaaaaaaa`: list"
        ),
    ]) func signaturesWithoutTheHead(_ rows: String, _ told: String) async {
        let facts = Self.facts.replacing(
            Self.commits, with: "\(Self.commits), \"verifications\": {\"known\": \(rows)}")
        let ended = await explained(facts)
        #expect(ended.status == 64 && ended.output.isEmpty, "\(ended)")
        #expect(ended.talk.contains(told), "\(ended.talk)")
    }

    /// A head that its base has already brings nothing.
    @Test func nothingOfItsOwn() async {
        let facts = Self.facts.replacing(Self.commits, with: "\"commits\": {\"known\": []}")
            .replacing(
                "\"head\": \"\(Self.head)\"", with: "\"head\": \"\(Self.head)\", \"mergeBase\": \"\(Self.head)\"")
        #expect(await explained(facts).status == 0)
    }

    /// Facts that contradict themselves are no facts: one of the two would be believed.
    @Test(arguments: [
        ("\"files\": {\"known\": [{\"path\": \"a\"}, {\"path\": \"a\"}]}", "`files.known[1]`: `path` is `a`, as of"),
        ("\"files\": {\"known\": [{\"path\": \"\"}]}", "`files.known[0].path`: it is empty"),
        (
            "\"writers\": {\"proven\": [{\"id\": 2, \"login\": \"bob\"}], \"possible\": []}",
            "`writers`: `bob` is in `proven` and not in `possible`"
        ),
        (
            "\"branches\": {}, \"directories\": {\"Acme\": {\"known\": {\"ids\": {}}}}",
            "`directories`: `Acme` is not in lower case"
        ),
        (
            "\"directories\": {\"acme\": {\"known\": {\"ids\": {\"QA\": 7}}}}",
            "`directories.acme.known.ids`: `QA` is not in"
        ),
        ("\"users\": {\"Bob\": {\"known\": null}}", "`users`: `Bob` is not in lower case"),
        (
            "\"serviceAccount\": {\"id\": 5, \"login\": \"Bob\"}",
            "`serviceAccount`: `Bob` is account 5 here, and account 2 at `reviews.known[0].author`"
        ),
        (
            "\"serviceAccount\": {\"id\": 2, \"login\": \"robert\"}",
            "`serviceAccount`: account 2 is `robert` here, and `bob` at `reviews.known[0].author`"
        ),
        ("\"serviceAccount\": {\"id\": 5, \"login\": \"\"}", "`serviceAccount.login`: it is empty"),
    ]) func whatContradictsItself(_ fact: String, _ told: String) async {
        var facts = Self.facts
        if fact.contains("directories") { facts = facts.replacing(/"directories": .*/, with: "") }
        let ended = await explained(facts.replacing("\"version\": 1,", with: "\"version\": 1, \(fact),"))
        #expect(ended.status == 64 && ended.output.isEmpty, "\(ended)")
        #expect(ended.talk.contains(told), "\(ended.talk)")
    }

    @Test(arguments: [
        ("\"state\"", "\"stat\"", "`reviews.known[0]`: there is no key `stat` here: did you mean `state`?"),
        ("\"version\": 1", "\"version\": 2", "`version`: it cannot be `2`: write `1`"),
        ("\"number\": 3", "\"number\": \"3\"", "`pullRequest.number`: expected a whole number, and found a text"),
        ("\"now\": 1780000000,", "", "the document: the key `now` is missing"),
        ("\"head\": \"\(head)\"", "\"head\": \"main\"", "`pullRequest.head`: `main` is not of the form"),
        ("\"timeline\": {\"known\": []}", "\"timeline\": {}", "`timeline`: the key `known` is missing"),
        ("\"number\": 3", "\"number\": -3", "`pullRequest.number`: `-3` is less than 0"),
        ("\"key\": 7,", "\"key\": 7, \"wert\": 1,", "`teamMembers[0]`: there is no key `wert` here"),
        ("\"number\": 3", "\"number\": 9223372036854775808", "`pullRequest.number`: the number is too large"),
        ("\"number\": 3", "\"number\": null", "`pullRequest.number`: expected a whole number, and found null"),
        ("\"now\": 1780000000", "\"now\": 1780000000, \"codeOwners\": null", "`codeOwners`: expected an object"),
    ]) func mistakes(_ found: String, _ instead: String, _ told: String) async {
        let ended = await explained(Self.facts.replacing(found, with: instead))
        #expect(ended.status == 64)
        #expect(ended.talk.contains(told), "\(ended.talk)")
    }

    /// What is written can be read, and is the same.
    @Test func roundTrip() throws {
        let facts = try FactsFile.read(Array(Self.facts.utf8), file: "f.json")
        let text = try FactsFile.text(facts)
        #expect(try FactsFile.read(Array(text.utf8), file: "f.json") == facts)
        #expect(try FactsFile.text(facts) == text)
    }

    /// Every fact there is has a place in the file: a new one that the schema forgets would be lost.
    @Test func schemaKnowsEveryFact() throws {
        let facts = try FactsFile.read(Array(Self.facts.utf8), file: "f.json")
        let names = Set(
            Mirror(reflecting: facts).children.compactMap { child in
                child.label.map { $0.hasPrefix("_") ? String($0.dropFirst()) : $0 }
            })
        guard case .object(let schema) = Schema.facts.json, case .object(let properties) = schema["properties"] else {
            Issue.record("the schema has no properties")
            return
        }
        #expect(names.union(["version"]) == Set(properties.keys))
    }
}
