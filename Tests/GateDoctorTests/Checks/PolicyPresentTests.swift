import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct PolicyPresentTests {
    /// A list that failed may have hidden repositories: what is there is not the whole.
    @Test func aListThatFailed() throws {
        var examination = Healthy.examination
        examination.unlisted = ["the repositories of `acme`: no answer"]
        let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "policy.missing" })
        #expect(entry.outcome.notMade == examination.unlisted)
        #expect(Diagnosis(examination).severity == .unverifiable)
    }

    @Test func none() {
        let found = Healthy.found {
            $0.repositories[0].policy = .absent
            $0.repositories[0].branch = .success(nil)
        }
        #expect(Array(found.keys) == ["policy.missing"], "\(found)")
        // It is offered, and nothing is set up a second time.
        let lines = found["policy.missing"]?.first?.cure.lines(address: "") ?? []
        #expect(lines.contains { $0.contains("/contents/.countersign.yml'") && $0.contains(" && curl ") }, "\(lines)")
        #expect(!lines.contains { $0.contains("provision") }, "\(lines)")
    }

    /// There may be one on a branch that could not be looked at.
    @Test(arguments: ["pulls", "branches", "policy", "more"]) func noneThatIsSeen(unread: String) throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = .absent
        var other = examination.repositories[0]
        other.furtherBranch = "dev"
        other.branch = .success(nil)
        other.policy = .unknown(Healthy.error(.timeout).unknown(subject: "the policy"))
        switch unread {
        case "pulls": examination.repositories[0].pulls = .failure(Healthy.error(.timeout))
        case "branches": examination.repositories[0].branchList = Healthy.error(.timeout)
        case "policy": examination.repositories[0].others = [other]
        default: examination.repositories[0].unseenBases = 1
        }
        let outcome = PolicyPresent.examine(examination)
        #expect(outcome.findings.isEmpty && outcome.examined == 0)
        #expect(outcome.notMade.first?.hasPrefix("acme/widget: ") == true, "\(outcome.notMade)")
    }

    /// The branch goes on requiring what nobody posts without a policy: that blocks, and is told once.
    @Test func noneAndRequired() {
        let finding = Healthy.only("policy.missing", .blocking) { $0.repositories[0].policy = .absent }
        #expect(finding?.blocks == [Blocked("acme/widget")])
    }
}
