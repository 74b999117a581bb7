import Foundation
import Testing

@testable import GatePolicy

/// What formatting leaves alone.
@Suite struct PolicyFormatterTests {
    private static let gates = "version: 1\ngates:\n  qa:\n    require: qa\n"

    /// Patterns, aliases and descriptions look like expressions now and then, and are none.
    @Test(arguments: [
        "block: { by: writers, comments: \"veto (legal)\" }",
        "block: { by: writers, comments: [\"not  yet\", 'veto (legal)'] }",
        "block: { by: writers, reviews: \"not  (yet)\" }",
        "block: { by: writers, revoke: { reviews: \"fine  (now)\", comments: \"veto (legal) is off\" } }",
        "block:\n  by: writers\n  comments: veto (legal)\n  revoke:\n    comments: not  any more (really)",
        "approvals: { reviews: \"ship  (it)\", comments: \"LGTM (qa)\" }",
        "commands: { aliases: { by: \"recheck  qa\", when: recheck  qa } }",
    ]) func patternsStay(_ key: String) throws {
        let text = "\(Self.gates)\(key)\n"
        #expect(PolicyFormatter.format(text, file: "p").text == text)
        #expect(PolicyReader.read(text, file: "p", digest: "").policy != nil)
    }

    /// However many blanks stand after a dash.
    @Test(arguments: 1...4) func elementsOfLists(_ blanks: Int) {
        func text(_ dash: String) -> String {
            """
            version: 1
            gates:
              sop:
                checklist:
                  \(dash)item: b
                  \(String(repeating: " ", count: dash.count))by: qa
              g: { require: qa }
            distinct:
              \(dash)\(dash)sop
              \(String(repeating: " ", count: dash.count))\(dash)g

            """
        }
        let dash = "-" + String(repeating: " ", count: blanks)
        #expect(PolicyFormatter.format(text(dash), file: "p").text == text("- "))
        let untidy = text(dash).replacing("require: qa }", with: "require:  (qa) }")
        #expect(PolicyFormatter.format(untidy, file: "p").text?.contains(dash + " ") == false)
    }

    @Test func theFirstLineOfABlockStays() {
        let text = "version: 1\ngates:\n  qa:\n    description: |\n      one  \n      two\n    require: qa | security\n"
        #expect(PolicyFormatter.format(text, file: "p").text == text)
        let untidy = text.replacing("qa | security", with: "qa|security")
        #expect(PolicyFormatter.format(untidy, file: "p").text == text)
    }

    /// The policies of the tables mean the same when their expressions, texts and indentation were stretched first.
    @Test func meansTheSame() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/policies/valid")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".yml") }
        var changed = 0
        for name in names {
            let written = try String(contentsOf: root.appending(path: name), encoding: .utf8)
            for text in [written, written.replacing(" (", with: "  (").replacing(", ", with: ",   ")] {
                let formatted = try #require(PolicyFormatter.format(text, file: name).text)
                if formatted != text { changed += 1 }
                #expect(Self.meaning(formatted) == Self.meaning(text), "\(name)")
            }
        }
        #expect(changed > 2)
    }

    /// What a policy came to, without places.
    private static func meaning(_ text: String) -> String {
        let (policy, diagnostics) = PolicyReader.read(text, file: "p", digest: "")
        guard let policy else { return diagnostics.map(\.message).joined(separator: "\n") }
        let printed = PolicyPrinter.print(policy)
        let end = printed.firstRange(of: "\n\n")?.lowerBound ?? printed.endIndex
        return String(printed[..<end]).replacing(#/ at \d+:\d+/#, with: "")
    }
}
