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

    /// Pull requests into another branch are judged by that branch's own policy.
    @Test func brokenOnAnotherBranch() {
        let finding = Healthy.only("policy.invalid", .blocking) {
            var other = Healthy.repository
            other.branch = .success(
                BranchAnswer(
                    name: "release/1", commit: Healthy.commit, isProtected: true, isStatusCheckEnabled: true,
                    requiredContexts: ["countersign: release/1"], requiredApprovals: 0))
            other.policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { requires: qa }\n")
            $0.repositories[0].others = [other]
        }
        #expect(finding?.subject == "acme/widget: release/1")
    }

    @Test func unread() {
        var examination = Healthy.examination
        let unknown = Unknown(cause: .timeout, subject: "x", reason: "slow", cure: "z")
        examination.repositories[0].policy = .unknown(unknown)
        #expect(Diagnosis(examination).severity == .unverifiable)
    }
}
