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

    /// Of whom nobody was told whether they are active it is not sound, unless somebody else is; one line tells it.
    @Test(arguments: [(false, Severity.unverifiable), (true, .sound)])
    func ofWhomNobodyWasTold(isSomebodyActive: Bool, severity: Severity) {
        var examination = Healthy.examination
        let known = isSomebodyActive ? [Healthy.bob] : []
        examination.organizations[0].members[2] = [
            .directory: .success([Account(id: 20, login: "zoe")] + known)
        ]
        let entries = Diagnosis(examination).entries
        let team = entries.first { $0.check == TeamHasMembers.self }
        #expect(team?.severity == severity)
        let deadlock = entries.first { $0.check == NoDeadlock.self }
        #expect(deadlock?.severity == .unverifiable)
        let reason =
            "whether those who may sign are active is told to site administrators only: whoever lent a credential is none "
            + "of them: `acme/qa`"
        #expect(deadlock?.outcome.notMade == [reason])
        #expect(team?.outcome.notMade == (isSomebodyActive ? [] : [reason]))
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
