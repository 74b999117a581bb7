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

    /// A webhook of the whole site is shown to nobody here, and tells us all the same.
    @Test func heardUnseen() throws {
        func entry(_ last: Int64) throws -> Diagnosis.Entry {
            var examination = Healthy.examination
            examination.organizations[0].hooks = .success([])
            var pull = Healthy.pull(3, by: Healthy.alice)
            pull.updatedAt = Timestamp(seconds: 1_779_999_000)
            examination.repositories[0].pulls = .success([pull])
            Healthy.service { $0.deliveries.last = ["acme/widget": Timestamp(seconds: 1_779_999_000 + last)] }(
                &examination)
            return try #require(Diagnosis(examination).entries.first { $0.check == HookPresent.self })
        }
        #expect(try entry(1).severity == .unverifiable)
        #expect(try entry(1).outcome.notMade.first?.contains("by a webhook that is not shown") == true)
        // What moved since came in by none.
        #expect(try entry(-1).severity == .blocking)
    }

    @Test func noServiceNoHook() {
        let found = Healthy.found {
            $0.organizations[0].hooks = .success([])
            $0.hookAddress = nil
        }
        #expect(found.isEmpty, "\(found)")
    }
}
