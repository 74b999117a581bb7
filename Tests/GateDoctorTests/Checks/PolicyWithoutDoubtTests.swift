import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct PolicyWithoutDoubtTests {
    @Test func unusedGroup() {
        let text = "version: 1\ngroups:\n  idle: qa\ngates:\n  a: { require: security }\n"
        let found = Healthy.found { $0.repositories[0].policy = Healthy.policyAnswer(text) }
        #expect(found["policy.doubt"]?.first?.severity == .warning, "\(found)")
    }
}
