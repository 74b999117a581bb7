import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TeamHasMembersTests {
    @Test(arguments: [[], [Account(id: 2, login: "bob", isActive: false)]])
    func nobody(members: [Account]) {
        let finding = Healthy.only("team.empty", .blocking) {
            $0.organizations[0].members[2] = [.directory: .success(members)]
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review"])])
    }

    /// Whoever must sign a change of the policy holds it back, whatever the gates are; a gate of others is not blocked.
    @Test(arguments: ["enforce", "advisory"]) func whoSignsAChangeOfThePolicy(mode: String) throws {
        let findings = Healthy.found {
            $0.organizations[0].members[2] = [.directory: .success([])]
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\npolicy: { require: qa }\ngates:\n  a: { require: security, mode: \(mode) }\n")
        }
        let finding = try #require(findings["team.empty"]?.first)
        #expect(finding.severity == .blocking)
        #expect(finding.blocks == [Blocked("acme/widget", ["policy"])])
        #expect(findings["policy.deadlock"] == nil, "\(findings)")
    }

    /// A gate that holds nobody back is not blocked.
    @Test(arguments: ["advisory", "off"]) func ofAGateThatHoldsNobody(mode: String) {
        let finding = Healthy.only("team.empty", .warning) {
            $0.organizations[0].members[2] = [.directory: .success([])]
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\ngates:\n  a: { require: qa, mode: \(mode) }\n  b: { require: security }\n")
        }
        #expect(finding?.blocks == [])
    }
}
