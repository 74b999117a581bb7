import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct PolicyWithoutDoubtTests {
    @Test func softenedByTheOpener() {
        let text = "version: 1\ngates:\n  a: { require: qa, when: 'not title(\"docs*\")' }\n"
        let found = Healthy.found { $0.repositories[0].policy = Healthy.policyAnswer(text) }
        #expect(found["policy.doubt"]?.first?.severity == .warning, "\(found)")
    }

    /// A file that several repositories share is doubted once, at its place.
    @Test func ofASharedFile() throws {
        let findings = Healthy.found {
            NoDeadlockTests.share("version: 1\ngroups: { old: qa }\ngates:\n  a: { require: qa }\n", &$0)
        }["policy.doubt"]
        let finding = try #require(findings?.first)
        #expect(findings?.count == 1)
        #expect(finding.blocks == [Blocked("acme/widget"), Blocked("acme/gadget")])
        let cure = finding.cure.lines(address: "").first ?? ""
        #expect(
            cure.hasPrefix("in `countersign.yml` on the default branch of `acme/.countersign`, line 2: "), "\(cure)")
    }
}
