import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NoDeadlockTests {
    @Test func theOnlyMemberIsTheAuthor() {
        let finding = Healthy.only("policy.deadlock", .warning) {
            $0.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.alice), Healthy.pull(2, by: Healthy.bob)])
        }
        #expect(finding?.answer.contains("wrote 50 % of the last 2 pull requests") == true, "\(finding?.answer ?? "")")
    }

    @Test func tooFew() {
        let text = "version: 1\ngates:\n  a: { require: 2 of qa }\n"
        let finding = Healthy.only("policy.deadlock", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(text)
        }
        #expect(finding?.meaning == "it can never be met")
    }
}
