import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct HookTypeTests {
    private static func hook(_ kind: String, id: Int64 = 4, isActive: Bool = true) -> Webhook {
        Webhook(
            id: id, place: .organization("acme"), url: Healthy.hook,
            events: Webhook.neededEvents + [Webhook.statusEvent], isActive: isActive, kind: kind)
    }

    /// It sends a text for people, and we read none.
    @Test func chat() {
        let finding = Healthy.only("hook.type", .blocking) {
            $0.organizations[0].hooks = .success([Self.hook("slack")])
        }
        #expect(finding?.answer == "webhook 4, which calls the service, is one of type `slack`")
        let cure = finding?.cure.lines(address: "") ?? []
        #expect(cure.contains { $0.contains(#""type":"gitea""#) && $0.contains("-X DELETE") }, "\(cure)")
        #expect(cure.last == "$ countersign refire acme --all")
    }

    /// Another one is right: this one is only taken away.
    @Test func besideARightOne() {
        let finding = Healthy.only("hook.type", .warning) {
            $0.organizations[0].hooks = .success([Self.hook("gitea"), Self.hook("slack", id: 5)])
        }
        #expect(finding?.cure.steps.count == 1)
    }

    @Test func besideOneThatIsOff() {
        let found = Healthy.found {
            $0.organizations[0].hooks = .success([Self.hook("gitea", isActive: false), Self.hook("slack", id: 5)])
        }
        #expect(found["hook.type"]?.map(\.severity) == [.blocking], "\(found)")
    }

    @Test(arguments: ["gitea", "forgejo", "gogs"]) func ofAForge(kind: String) {
        let found = Healthy.found { $0.organizations[0].hooks = .success([Self.hook(kind)]) }
        #expect(found.isEmpty, "\(found)")
    }
}
