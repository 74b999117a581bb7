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
}
