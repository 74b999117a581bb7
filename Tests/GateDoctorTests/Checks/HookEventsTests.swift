import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct HookEventsTests {
    @Test(arguments: Webhook.neededEvents)
    func missing(event: String) {
        let finding = Healthy.only("hook.events", .blocking) {
            $0.organizations[0].hooks = .success([
                Webhook(
                    id: 4, place: .organization("acme"), url: Healthy.hook,
                    events: Webhook.neededEvents.filter { $0 != event }, isActive: true)
            ])
        }
        #expect(finding?.answer == "webhook 4 does not tell of `\(event)`")
    }

    @Test func filtered() {
        _ = Healthy.only("hook.events", .blocking) {
            $0.organizations[0].hooks = .success([
                Webhook(
                    id: 4, place: .organization("acme"), url: Healthy.hook, events: Webhook.neededEvents,
                    isActive: true, branchFilter: "release/*")
            ])
        }
    }
}
