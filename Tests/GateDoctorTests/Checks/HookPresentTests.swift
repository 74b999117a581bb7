import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct HookPresentTests {
    @Test func missing() {
        let finding = Healthy.only("hook.missing", .blocking) { $0.organizations[0].hooks = .success([]) }
        #expect(finding?.cure.lines(address: "").last == "$ countersign refire acme/widget --all")
    }

    /// There may be one on the repository, whose webhooks were not shown.
    @Test func hidden() {
        var examination = Healthy.examination
        examination.organizations[0].hooks = .success([])
        examination.repositories[0].hooks = nil
        for entry in Diagnosis(examination).entries where entry.check.area == .hooks {
            #expect(entry.outcome.examined == 0 && entry.outcome.findings.isEmpty, "\(entry.check.id)")
            #expect(!entry.outcome.notMade.isEmpty, "\(entry.check.id)")
        }
    }

    @Test func noServiceNoHook() {
        let found = Healthy.found {
            $0.organizations[0].hooks = .success([])
            $0.hookAddress = nil
        }
        #expect(found.isEmpty, "\(found)")
    }
}
