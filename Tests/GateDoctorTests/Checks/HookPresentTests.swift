import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct HookPresentTests {
    @Test func missing() {
        let finding = Healthy.only("hook.missing", .blocking) { $0.organizations[0].hooks = .success([]) }
        #expect(finding?.cure.steps.count == 2)
    }

    @Test func noServiceNoHook() {
        let found = Healthy.found {
            $0.organizations[0].hooks = .success([])
            $0.hookAddress = nil
        }
        #expect(found.isEmpty, "\(found)")
    }
}
