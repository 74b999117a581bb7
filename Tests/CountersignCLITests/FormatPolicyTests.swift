import Foundation
import Testing

@testable import CountersignCLI

/// `countersign fmt`.
@Suite struct FormatPolicyTests {
    private static let untidy = """
        # Who signs what.
        version: 1


        gates:
            # Somebody from QA.
            qa-review:
                description: >
                    Somebody from QA
                    has looked at it
                when:   not changes_only( "docs/**","*.md" )   # not for documentation
                require: 2 of(qa|security)
                waive: { by: qa  or   security, reason: optional }
        groups:
         leads: managers|ceo
        """

    private static let tidy = """
        # Who signs what.
        version: 1

        gates:
          # Somebody from QA.
          qa-review:
            description: >
                Somebody from QA
                has looked at it
            when: not changes_only("docs/**", "*.md")   # not for documentation
            require: 2 of (qa | security)
            waive: { by: qa or security, reason: optional }
        groups:
          leads: managers | ceo

        """

    @Test func printsTheForm() async {
        let ended = await Desk(files: ["p.yml": Self.untidy]).run("fmt", "p.yml")
        #expect(ended.output == Self.tidy)
        #expect(ended.status == 0)
    }

    @Test func aByteOrderMarkIsNoMistake() async {
        let ended = await Desk(files: ["p.yml": "\u{FEFF}" + Self.untidy]).run("fmt", "p.yml")
        #expect(ended.output == Self.tidy)
        #expect(ended.status == 0)
    }

    @Test func aLinkStaysALink() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let link = folder.appending(path: "l.yml").path
        try Self.untidy.write(to: folder.appending(path: "a.yml"), atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a.yml")
        #expect(await Countersign.run(["fmt", "--in-place", link]) == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "a.yml")
        #expect(try String(contentsOf: folder.appending(path: "a.yml"), encoding: .utf8) == Self.tidy)
    }

    @Test func theFormStays() async {
        let ended = await Desk(files: ["p.yml": Self.tidy]).run("fmt", "--check", "p.yml")
        #expect(ended.output.isEmpty)
        #expect(ended.status == 0)
    }

    @Test func checkNamesTheFile() async {
        let ended = await Desk(files: ["p.yml": Self.untidy]).run("fmt", "--check", "p.yml")
        #expect(ended.output == "p.yml\n")
        #expect(ended.status == 1)
    }

    @Test func aMistakeHasItsLine() async {
        let ended = await Desk(files: ["p.yml": "gates: ["]).run("fmt", "p.yml")
        #expect(ended.talk.contains("    gates: [\n    ^"), "\(ended)")
    }

    /// What is not YAML, and a text whose quotes would not survive a change, stay as they are.
    @Test(arguments: [
        ("gates: [", 3, ""), ("gates: { g: { require: qa and } }\n", 3, ""),
        ("a:\n  -    b: |1\n          c\n", 3, ""),
        (
            "a: \"x\\ty\"\nwhen: \"label(\\\"a\\\",\\\"b\\\")\"\n", 0,
            "a: \"x\\ty\"\nwhen: \"label(\\\"a\\\",\\\"b\\\")\"\n"
        ),
    ]) func staysAsItIs(_ text: String, _ status: Int32, _ printed: String) async {
        let ended = await Desk(files: ["p.yml": text]).run("fmt", "p.yml")
        #expect(ended.status == status)
        #expect(ended.output == printed)
        #expect(ended.talk.isEmpty == (status == 0))
        let checked = await Desk(files: ["p.yml": text]).run("fmt", "--check", "p.yml")
        #expect(checked.status == status && checked.output.isEmpty, "\(checked)")
    }
}
