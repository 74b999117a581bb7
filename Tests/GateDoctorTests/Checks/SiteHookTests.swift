import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

/// Webhooks of the whole site, which only site administrators are shown.
@Suite struct SiteHookTests {
    private static func hook(
        _ id: Int64 = 8, isActive: Bool = true, events: [String] = Webhook.neededEvents, kind: String = "gitea"
    ) -> Webhook {
        Webhook(id: id, place: .site, url: Healthy.hook, events: events, isActive: isActive, kind: kind)
    }

    private static func alone(_ hook: Webhook?) -> (inout Examination) -> Void {
        { examination in
            examination.organizations[0].hooks = .success([])
            examination.siteHooks = .success([hook].compactMap(\.self))
        }
    }

    @Test func alone() {
        #expect(Healthy.found(Self.alone(Self.hook())).isEmpty)
        var examination = Healthy.examination
        Self.alone(Self.hook())(&examination)
        #expect(Diagnosis(examination).severity == .sound)
    }

    /// Whoever is shown it tells of it, also where the organisation's are not shown.
    @Test func theOrganizationsAreNotShown() {
        var examination = Healthy.examination
        Self.alone(Self.hook())(&examination)
        examination.organizations[0].hooks = nil
        let entry = Diagnosis(examination).entries.first { $0.check == HookPresent.self }
        #expect(entry?.severity == .sound, "\(String(describing: entry))")
    }

    @Test func switchedOff() {
        let finding = Healthy.only("hook.inactive", .blocking, Self.alone(Self.hook(isActive: false)))
        #expect(finding?.subject == "the whole site")
        let lines = finding?.cure.lines(address: "") ?? []
        #expect(lines.contains("# ADMIN is a site administrator"), "\(lines)")
        #expect(lines.contains { $0.contains("-X PATCH ") && $0.contains("/admin/hooks/8'") }, "\(lines)")
        #expect(lines.last == "$ countersign refire --all")
    }

    @Test func missingEvent() {
        let events = Webhook.neededEvents.filter { $0 != "push" }
        let finding = Healthy.only("hook.events", .blocking, Self.alone(Self.hook(events: events)))
        #expect(finding?.cure.lines(address: "").contains { $0.contains("/admin/hooks/8'") } == true)
    }

    /// Not every version makes one by API: what takes its place is made on the forge's page, before it goes.
    @Test func ofAChat() throws {
        let finding = try #require(Healthy.only("hook.type", .blocking, Self.alone(Self.hook(kind: "slack"))))
        let lines = finding.cure.lines(address: "")
        #expect(lines.first?.hasPrefix("on the forge's page of system webhooks (Site Administration) make ") == true)
        #expect(lines.contains { $0.contains("-X DELETE ") && $0.contains("/admin/hooks/8'") }, "\(lines)")
        #expect(!lines.contains { $0.contains("-X POST ") }, "\(lines)")
    }

    /// What came in when a pull request moved was signed with something else.
    @Test func wrongSecret() throws {
        let finding = try #require(
            Healthy.only("hook.secret", .blocking) { examination in
                Self.alone(Self.hook())(&examination)
                let moved = Timestamp(seconds: examination.now.seconds - 60)
                var pull = Healthy.pull(4, by: Healthy.alice)
                pull.updatedAt = moved
                examination.repositories[0].pulls = .success([pull])
                Healthy.service {
                    $0.deliveries.last = ["acme/widget": Timestamp(seconds: moved.seconds - 600)]
                    $0.deliveries.forged = .init(count: 1, last: Timestamp(seconds: moved.seconds + 1))
                }(&examination)
            })
        let lines = finding.cure.lines(address: "")
        #expect(lines.first?.contains("put the service's hook secret into webhook 8") == true, "\(lines)")
        #expect(!lines.contains { $0.contains("curl") }, "\(lines)")
    }

    /// What came in may be the organisation's webhook's, and proves neither.
    @Test func besideTheOrganizations() throws {
        var examination = Healthy.examination
        examination.siteHooks = .success([Self.hook()])
        let entry = Diagnosis(examination).entries.first { $0.check == HookSecret.self }
        #expect(entry?.severity == .unverifiable, "\(String(describing: entry))")
        let own = try #require(try examination.organizations[0].hooks?.get().first)
        for hook in [own, Self.hook()] {
            #expect(examination.delivery(of: hook, for: examination.repositories[0]) == nil)
        }
        #expect(
            examination.whyUnproven(own)
                == "webhook 4 of `acme` and webhook 8 of `the whole site` both call the service: what came in proves "
                + "neither of them; one is enough")
    }

    /// Whoever is shown those of the site, and sees none, is told of none.
    @Test func none() throws {
        let finding = try #require(Healthy.only("hook.missing", .blocking, Self.alone(nil)))
        #expect(finding.answer == "no webhook of it, of `acme` or of the whole site calls \(Healthy.hook)")
        #expect(!finding.meaning.contains("unless"))
        #expect(finding.asked.contains("`GET /admin/hooks` with an administrator's token"))
        #expect(finding.cure.lines(address: "").first?.hasPrefix("put the service's hook secret ") == true)
    }

    /// What came in may be one's that is not shown, or that is gone: it blocks, and says how to look.
    @Test(arguments: [(12, "12 s"), (540, "9 minutes"), (7500, "2 hours")] as [(Int64, String)])
    func notShown(secondsAgo: Int64, words: String) throws {
        let finding = try #require(
            Healthy.only("hook.missing", .blocking) {
                $0.organizations[0].hooks = .success([])
                Healthy.service {
                    $0.deliveries.last = ["acme/widget": Timestamp(seconds: $0.now.seconds - secondsAgo)]
                }(&$0)
            })
        #expect(finding.answer.contains("; but the service took a rightly signed delivery about it \(words) ago: "))
        #expect(
            finding.cure.lines(address: "").first?.contains(
                "`countersign doctor acme/widget --hook-url 'https://gate.example.org/hooks/forge' "
                    + "--administrator-token-file FILE`") == true)
        // A service that heard nothing has nothing to say for it.
        let silent = try #require(
            Healthy.only("hook.missing", .blocking) {
                $0.organizations[0].hooks = .success([])
                Healthy.service { $0.deliveries.last = [:] }(&$0)
            })
        #expect(!silent.answer.contains("service"))
        #expect(silent.meaning.contains("unless a webhook of the whole site does"))
        #expect(silent.cure.lines(address: "").first?.hasPrefix("put the service's hook secret ") == true)
    }

    /// A list that did not come may have had one.
    @Test func unknown() {
        var examination = Healthy.examination
        Self.alone(nil)(&examination)
        examination.siteHooks = .failure(Healthy.error(.serverError(status: 500, message: ""), .administrator))
        let entry = Diagnosis(examination).entries.first { $0.check == HookPresent.self }
        #expect(entry?.outcome.findings.isEmpty == true && entry?.severity == .unverifiable)
    }
}
