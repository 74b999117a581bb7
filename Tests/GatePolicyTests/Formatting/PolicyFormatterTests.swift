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

    /// Blanks beside brackets, commas and colons; lines inside brackets; comments stay where they are.
    @Test(arguments: [
        (
            "version:   1\ngates: {g:   {require:   qa  ,  by: x }}\n",
            "version: 1\ngates: { g: { require: qa, by: x } }\n"
        ),
        ("a:\t1\n'b'  : {}\nc: { }\nd: [ ]\n", "a: 1\n'b': {}\nc: {}\nd: []\n"),
        ("a: [ b ,c,  {\"d\":e} , [f ] ]   # [ g ,h ]\n", "a: [b, c, { \"d\": e }, [f]]   # [ g ,h ]\n"),
        ("a: { b: 'x  ,  y' , c: \"{  \\\" ,  }\" }\n", "a: { b: 'x  ,  y', c: \"{  \\\" ,  }\" }\n"),
        ("a: {b: it's  , c: 'it''s' }#d\n", "a: { b: it's, c: 'it''s' } #d\n"),
        ("-   -  a :   b\n       c:  [ d ]\n", "- - a: b\n    c: [d]\n"),
        (
            "a: {\n      # of b\n   b: [\n c,\n        d ], # of d\n # of e\n e: f\n      }\n",
            "a: {\n  # of b\n  b: [\n    c,\n    d], # of d\n  # of e\n  e: f\n}\n"
        ),
        ("a:\n     [ b,\n  c ]\nd:\n    e\n", "a:\n  [b,\n    c]\nd:\n  e\n"),
        ("a: [\"b\n  c\" ,d ,e\n  f ,g]\n", "a: [\"b\n  c\", d, e\n  f, g]\n"),
        ("a:   |-   # of a\n    b:   {c:d}\n\ne:   >\n  f\n", "a: |-   # of a\n    b:   {c:d}\n\ne: >\n  f\n"),
        ("when: 'author(@acme/qa|@b)'\n", "when: 'author(@acme/qa | @b)'\n"),
        ("---\na:  b\n...\n", "---\na: b\n...\n"),
    ]) func blanksHaveOneForm(_ text: String, _ form: String) {
        let (formatted, diagnostics) = PolicyFormatter.format(text, file: "p")
        #expect(formatted == form, "\(diagnostics.rendered)")
        #expect(PolicyFormatter.format(form, file: "p").text == form)
    }

    /// What would mean something else is not printed, and its line is named.
    @Test(arguments: [("a:\n  -    b: |1\n          c\n", 3), ("a: b\nc: |+\n  d\n\n\n", 3)])
    func whatWouldMeanSomethingElse(_ text: String, _ line: Int) {
        let (formatted, diagnostics) = PolicyFormatter.format(text, file: "p")
        #expect(formatted == nil)
        #expect(diagnostics.map(\.message) == ["this cannot be put into the one form without another meaning"])
        #expect(diagnostics.map(\.span.line) == [line])
    }

    @Test func mistakesInExpressionsAreNamed() {
        let text = "version: 1\ngroups: { a: b or or }\ngates:\n  g: { require: qa and, when: (x, by: a }\n"
        let (formatted, diagnostics) = PolicyFormatter.format(text, file: "p")
        #expect(formatted == nil)
        #expect(diagnostics.map(\.span.line) == [2, 4, 4], "\(diagnostics.rendered)")
        #expect(diagnostics.allSatisfy { $0.sourceLine != nil })
    }

    /// However it is written: the form means the same, has the same comments, and is its own form.
    @Test(arguments: 1...300 as ClosedRange<UInt64>) func anyWritingOfADocument(_ seed: UInt64) throws {
        var writer = UntidyWriter(random: SeededGenerator(seed: seed))
        let text = writer.document()
        let (formatted, diagnostics) = PolicyFormatter.format(text, file: "p")
        guard let formatted else {
            Issue.record("seed \(seed): \(diagnostics.rendered)\n\(text)")
            return
        }
        #expect(try Self.content(formatted) == Self.content(text), "seed \(seed)")
        #expect(Self.comments(formatted) == writer.comments, "seed \(seed)")
        #expect(PolicyFormatter.format(formatted, file: "p").text == formatted, "seed \(seed): \(text)")
    }

    /// The policies of the tables and of the examples mean the same when they were stretched first.
    @Test func meansTheSame() throws {
        let root = Examples.root.appending(path: "Tests/Fixtures/policies/valid")
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".yml") }
        let policies =
            names.map { "Tests/Fixtures/policies/valid/\($0)" }
            + Examples.names.map { "Examples/\($0)/countersign.yml" }
        var changed = 0
        for name in policies {
            let written = try Examples.text(name)
            for text in [
                written, written.replacing(" (", with: "  (").replacing(", ", with: ",   "),
                written.replacing(": ", with: ":   ").replacing("{ ", with: "{").replacing(" }", with: "   }"),
            ] {
                let (result, diagnostics) = PolicyFormatter.format(text, file: name)
                let formatted = try #require(result, "\(diagnostics.rendered)\(text)")
                if formatted != text { changed += 1 }
                #expect(Self.meaning(formatted) == Self.meaning(text), "\(name)")
                #expect(PolicyFormatter.format(formatted, file: name).text == formatted, "\(name)")
            }
        }
        #expect(changed > 2 * names.count)
    }

    /// What any bytes are formatted to means the same; what is no YAML is refused.
    @Test func theCorpusOfTheReader() throws {
        let root = Examples.root.appending(path: "Tests/Fixtures/fuzz/policies")
        for name in try FileManager.default.contentsOfDirectory(atPath: root.path) {
            let text = String(decoding: try Data(contentsOf: root.appending(path: name)), as: UTF8.self)
            let (formatted, diagnostics) = PolicyFormatter.format(text, file: name)
            guard let formatted else {
                #expect(!diagnostics.isEmpty)
                continue
            }
            #expect(Self.meaning(formatted) == Self.meaning(text), "\(name)")
        }
    }

    /// What a document holds, without the spacing of expressions.
    private static func content(_ text: String) throws -> [String] {
        var loader = DocumentLoader(text, file: "p")
        func content(_ node: DocumentNode) -> [String] {
            switch node.content {
            case .text(let text, _): [text.string.filter { $0 != " " }]
            case .list(let elements): ["["] + elements.flatMap(content) + ["]"]
            case .entries(let entries):
                ["{"] + entries.flatMap { ["\($0.key.string):"] + content($0.value) } + ["}"]
            }
        }
        let root = loader.load()
        return content(try #require(root))
    }

    private static func comments(_ text: String) -> [String] { text.matches(of: #/#c\d+/#).map { String($0.output) } }

    /// What a policy came to, without places.
    private static func meaning(_ text: String) -> String {
        let (policy, diagnostics) = PolicyReader.read(text, file: "p", digest: "")
        guard let policy else { return diagnostics.map(\.message).joined(separator: "\n") }
        let printed = PolicyPrinter.print(policy)
        let end = printed.firstRange(of: "\n\n")?.lowerBound ?? printed.endIndex
        return String(printed[..<end]).replacing(#/ at \d+:\d+/#, with: "")
    }
}
