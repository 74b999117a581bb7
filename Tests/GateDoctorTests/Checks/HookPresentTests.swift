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

    /// None of several repositories has one: that is one cause, and one webhook of the organisation cures it.
    @Test func missingEverywhere() {
        let finding = Healthy.only("hook.missing", .blocking) {
            $0.organizations[0].hooks = .success([])
            var other = Healthy.repository
            other.name = RepositoryName(owner: "acme", name: "gear")
            $0.repositories.append(other)
        }
        #expect(finding?.subject == "acme")
        #expect(finding?.blocks.map(\.repository) == ["acme/widget", "acme/gear"])
        let cure = finding?.cure.lines(address: "") ?? []
        #expect(cure.contains { $0.contains("-X POST ") && $0.contains("/orgs/acme/hooks") }, "\(cure)")
        #expect(cure.last == "$ countersign refire acme --all")
    }

    /// Where another one has a webhook of its own, so has every one that lacks it.
    @Test func missingOnce() {
        let finding = Healthy.only("hook.missing", .blocking) {
            $0.organizations[0].hooks = .success([])
            var other = Healthy.repository
            other.name = RepositoryName(owner: "acme", name: "gear")
            other.hooks = .success([
                Webhook(
                    id: 5, place: .repository("acme/gear"), url: Healthy.hook, events: Webhook.neededEvents,
                    isActive: true)
            ])
            $0.repositories.append(other)
        }
        #expect(finding?.subject == "acme/widget")
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
