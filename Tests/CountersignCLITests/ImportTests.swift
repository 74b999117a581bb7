import Foundation
import Testing

@testable import CountersignCLI

/// `countersign import`: what is written, what is said, and how it ends.
@Suite struct ImportTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/import")

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: fixtures.appending(path: path), encoding: .utf8)
    }

    @Test(arguments: [
        ("policy-bot", "07-disapproval.yml", ".policy.yml"), ("checklist", "sop.yml", "sop.yml"),
        ("tiers", "tiers.txt", "tiers.txt"),
    ]) func isWrittenWithItsNotices(_ kind: String, _ fixture: String, _ name: String) async throws {
        let ended = await Desk(files: [name: try Self.text("\(kind)/\(fixture)")]).run("import", kind, name)
        let base = fixture.prefix { $0 != "." }
        #expect(ended.status == 0, "\(ended.talk)")
        let written = try Self.text("\(kind)/\(base).out.yml").split(separator: "\n").dropFirst()
        #expect(ended.output.split(separator: "\n").dropFirst() == written)
        let told = try Self.text("\(kind)/\(base).warnings.txt").replacing(fixture, with: name)
        #expect(ended.talk.split(separator: "\n") == told.split(separator: "\n"))
        #expect(ended.output.hasPrefix("# Imported from \(name) by `countersign import \(kind)`.\n"))
    }

    @Test(arguments: ["policy-bot", "checklist", "tiers"]) func aFileThatIsMissing(_ kind: String) async {
        let ended = await Desk().run("import", kind, "none.yml")
        #expect(ended.status == 64 && ended.output.isEmpty)
        #expect(ended.talk == "countersign: `none.yml` does not exist\n")
    }

    /// Where there is no safe form nothing is written.
    @Test func whatHasNoSafeFormIsNotWritten() async throws {
        let rules = """
            policy: { approval: [ two ] }
            approval_rules:
              - { name: two, requires: { count: 2, teams: ["acme/qa"] }, options: { no_such_option: true } }

            """
        let ended = await Desk(files: [".policy.yml": rules]).run("import", "policy-bot", ".policy.yml")
        #expect(ended.status == 3 && ended.output.isEmpty)
        try expectTold(ended.told, "import-no-safe-form")
    }

    /// policy-bot's expressions and ours are RE2's; what our reader refuses is told by its rule, and nothing is written.
    @Test func whatOurReaderRefusesIsToldByItsRule() async throws {
        let rules = """
            policy: { approval: [ devtools, docs ] }
            approval_rules:
              - name: devtools
                if: { changed_files: { paths: ["^src/(?!docs/)"] } }
                requires: { count: 1, teams: ["acme/devtools"] }
              - name: docs
                if: { title: { matches: ["^docs["] } }
                requires: { count: 1, teams: ["acme/writing"] }

            """
        let ended = await Desk(files: [".policy.yml": rules]).run("import", "policy-bot", ".policy.yml")
        #expect(ended.status == 3 && ended.output.isEmpty)
        try expectTold(ended.told, "import-invalid")
    }
}
