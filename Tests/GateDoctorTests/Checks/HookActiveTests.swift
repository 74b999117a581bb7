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

    /// What is not said again the forge forgets.
    @Test func offBehindAProxy() {
        let finding = Healthy.only("hook.inactive", .blocking) {
            $0.organizations[0].hooks = .success([try! HookSecretTests.behindAProxy(isActive: false)])
        }
        let lines = finding?.cure.lines(address: "") ?? []
        #expect(
            lines.contains { $0.hasPrefix("$ printf %s ") && $0.contains(#""authorization_header":"AUTHORIZATION""#) },
            "\(lines)")
        #expect(!lines.joined().contains("USER:PASSWORD") && !lines.joined().contains("hidden"), "\(lines)")
    }

    /// The webhook of all repositories of an organisation is told of once; then all of them are looked at.
    @Test func offForAll() {
        let finding = Healthy.only("hook.inactive", .blocking) {
            $0.organizations[0].hooks = .success([
                Webhook(
                    id: 4, place: .organization("acme"), url: Healthy.hook, events: Webhook.neededEvents,
                    isActive: false)
            ])
            var other = Healthy.repository
            other.name = RepositoryName(owner: "acme", name: "other")
            $0.repositories.append(other)
        }
        #expect(finding?.subject == "acme")
        #expect(finding?.blocks == [Blocked("acme/widget"), Blocked("acme/other")])
        #expect(finding?.cure.lines(address: "").last == "$ countersign refire acme --all")
    }
}
