import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct ContextsNameTheBaseTests {
    @Test func baseless() {
        let text = "version: 1\ngates:\n  a: { require: qa, context: legacy }\n"
        let finding = Healthy.only("protection.any-base", .warning) {
            $0.repositories[0].policy = Healthy.policyAnswer(text)
            $0.repositories[0].branch = .success(Healthy.branch(["legacy", "countersign: main"]))
        }
        #expect(finding?.answer == "required: `legacy`")
    }
}
