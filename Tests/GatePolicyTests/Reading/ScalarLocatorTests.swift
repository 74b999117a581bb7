import Testing

@testable import GatePolicy

/// Each character of a value is where the file has it.
@Suite struct ScalarLocatorTests {
    private func texts(_ node: DocumentNode) -> [SourceText] {
        switch node.content {
        case .text(let text, _): [text]
        case .list(let list): list.flatMap(texts)
        case .entries(let entries): entries.flatMap { [$0.key] + texts($0.value) }
        }
    }

    private func check(_ policy: String) throws {
        var loader = DocumentLoader(policy, file: "x")
        let loaded = loader.load()
        let root = try #require(loaded, "\(loader.diagnostics.rendered)")
        let source = loader.source
        var last: SourceText.Place?
        for text in texts(root) {
            for (scalar, place) in zip(text.scalars, text.places) where scalar != " " && scalar != "\n" {
                let line = source.line(place.line)
                let found = place.column <= line.count ? line[place.column - 1] : nil
                #expect(found == scalar || found == "\\", "\(place) of \(text.string)")
                if let last { #expect((last.line, last.column) < (place.line, place.column)) }
                last = place
            }
        }
    }

    @Test(arguments: Golden.names(in: "valid"))
    func inThePolicies(_ name: String) throws { try check(try Golden.policy(name, in: "valid")) }

    @Test(arguments: [
        "a: b   c", "a: 'it''s  it'", #"a: "q\"\x41\u00e9 \\ z""#, "a: |\n  b\n\n    c\n  d\n",
        "a: >-\n  b\n  c\n\n  d\n",
        "a: >2\n    b\n   c\n", "a: b\n  c\n  d", "a: 'b\n  c\n\n  d'", "a: \"b\\\n    c d\"", "? a\n: b", "a: !!str b",
        "a: ! 'b c'",
        "{ a: b, 'c': \"d\" }", "a:\n  - b\n  - 'c'", "\r\na: b\r\nc: >\r\n  d\r\n  e\r\n", "a: é山 b\nc: 'é''山'",
        "a: | # note\n  b",
    ])
    func inEveryStyle(_ text: String) throws { try check(text) }
}
