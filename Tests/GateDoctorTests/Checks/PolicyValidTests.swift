import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct PolicyValidTests {
    @Test func broken() {
        let text = "version: 1\ngates:\n  a: { requires: qa }\n"
        let finding = Healthy.only("policy.invalid", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(text)
        }
        #expect(finding?.blocks == [Blocked("acme/widget")])
        #expect(finding?.answer.contains(".countersign.yml:3:") == true, "\(finding?.answer ?? "")")
    }

    @Test func unread() {
        var examination = Healthy.examination
        let unknown = Unknown(cause: .timeout, subject: "x", reason: "slow", cure: "z")
        examination.repositories[0].policy = .unknown(unknown)
        #expect(Diagnosis(examination).severity == .unverifiable)
    }
}
