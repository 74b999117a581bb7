import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct HookActiveTests {
    @Test func off() {
        _ = Healthy.only("hook.inactive", .blocking) {
            $0.organizations[0].hooks = .success([
                Webhook(
                    id: 4, place: .organization("acme"), url: Healthy.hook, events: Webhook.neededEvents,
                    isActive: false)
            ])
        }
    }
}
