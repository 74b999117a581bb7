import Foundation
import Testing

@testable import GatePolicy

/// Everything the reader can say has been read by somebody: each message of the sources is in a golden.
@Suite struct MessageCoverageTests {
    /// What no text brings about, and why it stays.
    private static let unreachable = [
        "this cannot be read as YAML": "for what the YAML library throws besides mistakes of the text",
        "the patterns cannot be compiled together: ":
            "each was compiled by itself before, and a list falls back to that",
        "` cannot be compiled together: ": "as above",
        "` is not complete": "for a test that lacks what the parser makes sure of",
    ]

    @Test(arguments: OversizedPolicy.allCases)
    func anOversizedPolicySays(_ policy: OversizedPolicy) throws {
        let diagnostics = policy.diagnostics
        #expect(diagnostics.contains { $0.severity == .error })
        try Golden.expect(diagnostics.rendered, matches: "oversized/\(policy.rawValue).txt")
    }

    @Test(arguments: Golden.names(in: "composed"))
    func aPolicyOfSeveralFilesSays(_ name: String) throws {
        let composition = try ComposedFixture(name).compose()
        #expect(composition.hasErrors)
        try Golden.expect(composition.diagnostics.rendered, matches: "composed/\(name).txt")
    }

    @Test func everyMessageIsInAGolden() throws {
        let messages = try SourceMessages.all()
        #expect(messages.count > 150)
        let told = try Golden.everything()
        for message in messages where !told.contains(message.text) && Self.unreachable[message.text] == nil {
            Issue.record("\(message.place): no fixture brings about: …\(message.text)…")
        }
        for text in Self.unreachable.keys {
            #expect(messages.contains { $0.text == text }, "\(text): this is said nowhere")
            #expect(!told.contains(text), "\(text): this can be brought about after all")
        }
    }
}
