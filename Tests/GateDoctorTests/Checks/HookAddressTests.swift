import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct HookAddressTests {
    @Test(arguments: [
        "https://gate.example.org/hook", "https://old.example.org/hooks/forge", "https://GATE.example.org/hooks/fogre",
    ])
    func another(url: String) {
        let finding = Healthy.only("hook.address", .blocking) {
            $0.organizations[0].hooks = .success([
                Webhook(id: 4, place: .organization("acme"), url: url, events: Webhook.neededEvents, isActive: true)
            ])
        }
        #expect(finding?.answer == "webhook 4 calls `\(url)`")
        #expect(finding?.cure.lines(address: "").last == "$ countersign refire acme --all")
    }

    /// The service's address, with a user for a proxy in front of it, is the service's address; nearly that is not.
    @Test func withAUser() throws {
        let right = Healthy.found {
            $0.organizations[0].hooks = .success([try! HookSecretTests.behindAProxy()])
        }
        #expect(right.isEmpty, "\(right)")
        let finding = try #require(
            Healthy.only("hook.address", .blocking) {
                var hook = try! HookSecretTests.behindAProxy()
                hook.url = "https://gate:hidden@gate.example.org/hooks/fogre"
                $0.organizations[0].hooks = .success([hook])
            })
        let lines = finding.cure.lines(address: "")
        #expect(
            lines.contains { $0.contains("USER:PASSWORD@gate.example.org") && $0.contains("AUTHORIZATION") }, "\(lines)"
        )
        #expect(!"\(finding)".contains("hidden"), "\(finding)")
    }

    /// A webhook of somebody else, who is on the same host.
    @Test(arguments: ["https://gate.example.org/hooks/chat", "https://gate.example.org/x"])
    func foreign(url: String) {
        let finding = Healthy.only("hook.missing", .blocking) {
            $0.organizations[0].hooks = .success([
                Webhook(id: 4, place: .organization("acme"), url: url, events: Webhook.neededEvents, isActive: true)
            ])
        }
        #expect(finding?.cure.lines(address: "").contains { $0.contains("hooks/4") } == false)
    }
}
