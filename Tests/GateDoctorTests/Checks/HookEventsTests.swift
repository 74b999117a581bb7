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

    /// A filter holds back pushes alone: it matters to the branches that policies speak of.
    @Test(arguments: [("release/*", true), ("{main,release/*}", false), ("*", false), ("m*", false)])
    func filtered(filter: String, isTold: Bool) {
        let found = Healthy.found {
            $0.organizations[0].hooks = .success([
                Webhook(
                    id: 4, place: .organization("acme"), url: Healthy.hook, events: Webhook.neededEvents,
                    isActive: true, branchFilter: filter)
            ])
        }
        #expect(Array(found.keys) == (isTold ? ["hook.events"] : []), "\(found)")
    }

    /// A webhook without a filter that tells of no pushes makes up for nothing.
    @Test func filteredBesideAnother() {
        let finding = Healthy.only("hook.events", .blocking) {
            $0.organizations[0].hooks = .success([
                Webhook(
                    id: 3, place: .organization("acme"), url: Healthy.hook,
                    events: Webhook.neededEvents.filter { $0 != "push" }, isActive: true),
                Webhook(
                    id: 4, place: .organization("acme"), url: Healthy.hook, events: Webhook.neededEvents,
                    isActive: true, branchFilter: "release/*"),
            ])
        }
        #expect(finding?.answer == "webhook 4 tells of pushes to the branches `release/*` only")
    }
}
