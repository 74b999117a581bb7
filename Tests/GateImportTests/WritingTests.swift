import Testing

@testable import GateImport

/// Whatever a text holds, YAML reads it back as it was.
@Suite struct WritingTests {
    @Test(arguments: [false, true]) func isReadBack(_ isInFlow: Bool) throws {
        var random = HostileTests.Random(state: 11)
        let scalars = Array("ab1 :?-,[]{}()#&*!|>'\"%@`\\/=~<.+^$ü\u{301}\u{200D}".unicodeScalars)
        for _ in 0..<3_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...7, using: &random) {
                text.append(scalars.randomElement(using: &random) ?? "a")
            }
            let wanted = String(text)
            let yaml = Writing.yaml(wanted, isInFlow: isInFlow)
            let file = isInFlow ? "k: { a: [x, \(yaml)], b: \(yaml) }" : "k: \(yaml)"
            var log = ImportLog()
            let root = SourceLoader.load(file, log: &log, what: "this")
            guard let root, case .entries(let top) = root.content else {
                Issue.record("\(file)\n\(log.ordered.rendered(file: "f"))")
                continue
            }
            var found = top[0].value
            if isInFlow, case .entries(let inner) = found.content { found = inner[1].value }
            guard case .text(let read, _) = found.content else {
                Issue.record("\(file)")
                continue
            }
            #expect(Array(read.unicodeScalars) == Array(wanted.unicodeScalars), "\(file)")
        }
    }

    @Test func aPatternWithColonAndQuestionMarkIsAccepted() throws {
        let text =
            "policy: { approval: [a] }\napproval_rules:\n- name: a\n  requires: { count: 1, admins: true }\n"
            + "  options: { methods: { comments: [], comment_patterns: ['^acked by:?'] } }\n"
        KeyTests.expectAccepted(try #require(Import.policyBot(text, file: "p").policy))
    }
}
