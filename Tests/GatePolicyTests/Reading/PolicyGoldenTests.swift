import Testing

@testable import GatePolicy

@Suite struct PolicyGoldenTests {
    @Test(arguments: Golden.names(in: "valid"))
    func aValidPolicyMeans(_ name: String) throws {
        let result = PolicyReader.read(try Golden.policy(name, in: "valid"), file: "countersign.yml", digest: "d")
        guard let policy = result.policy else {
            Issue.record("\(name) is not valid:\n\(result.diagnostics.rendered)")
            return
        }
        #expect(policy.digest == "d")
        try Golden.expect(PolicyPrinter.print(policy), matches: "valid/\(name).txt")
    }

    @Test(arguments: Golden.names(in: "invalid"))
    func anInvalidPolicySays(_ name: String) throws {
        let result = PolicyReader.read(try Golden.policy(name, in: "invalid"), file: "countersign.yml", digest: "d")
        #expect(result.policy == nil)
        #expect(result.diagnostics.contains { $0.severity == .error })
        try Golden.expect(result.diagnostics.rendered, matches: "invalid/\(name).txt")
    }

    @Test func thereAreEnoughOfBoth() {
        #expect(Golden.names(in: "valid").count >= 8)
        #expect(Golden.names(in: "invalid").count >= 40)
    }

    /// The rules for messages, over every diagnostic of the fixtures.
    @Test(arguments: Golden.names(in: "invalid") + Golden.names(in: "valid").map { "../valid/\($0)" })
    func messagesFollowTheRules(_ name: String) throws {
        let text = try Golden.policy(name, in: "invalid")
        for diagnostic in PolicyReader.read(text, file: "countersign.yml", digest: "").diagnostics {
            for sentence in [diagnostic.message, diagnostic.hint ?? "x"] {
                #expect(!sentence.isEmpty)
                #expect(!sentence.hasSuffix("."), "\(sentence)")
                #expect(!sentence.contains { $0.isNewline }, "\(sentence)")
                let first = try #require(sentence.unicodeScalars.first)
                // Names of formats keep their capitals.
                let isName = sentence.hasPrefix("YAML ") || sentence.hasPrefix("RE2 ")
                #expect(isName || !first.properties.isUppercase, "\(sentence)")
                #expect(
                    sentence.filter { $0 == "`" }.count.isMultiple(of: 2) || sentence.contains("begin with ```"),
                    "\(sentence)")
                for type in ["Optional(", "SourceSpan", "Expression", "PolicyReader", "DocumentNode", "Unicode.Scalar"]
                {
                    #expect(!sentence.contains(type), "\(sentence)")
                }
            }
            #expect(diagnostic.span.line >= 1 && diagnostic.span.column >= 1 && diagnostic.span.length >= 1)
            #expect(diagnostic.sourceLine != nil)
        }
    }
}
