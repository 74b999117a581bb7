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
        #expect(finding?.cure.lines(address: "").last == "$ countersign refire acme --all")
    }

    /// Forged greens stand for long where nobody tells of statuses; a server that has no such event is not asked for it.
    @Test(arguments: [("1.22.6", false), ("1.23.0", true), ("1.27.1", true), ("11.0.1+gitea-1.22.0", false)])
    func statuses(version: String, isNeeded: Bool) {
        let findings = Healthy.found { examination in
            examination.greeting = .success(ServerGreeting(version: version, date: examination.now))
            examination.organizations[0].hooks = .success([
                Webhook(
                    id: 4, place: .organization("acme"), url: Healthy.hook, events: Webhook.neededEvents,
                    isActive: true)
            ])
        }
        let finding = findings["hook.events"]?.first
        #expect(finding?.severity == (isNeeded ? .warning : nil))
        #expect(finding?.answer == (isNeeded ? "webhook 4 does not tell of `status`" : nil))
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
