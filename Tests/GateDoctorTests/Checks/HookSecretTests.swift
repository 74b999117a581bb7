import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct HookSecretTests {
    @Test(arguments: [DeliveryEvidence.badSignature, .unsigned])
    func wrong(delivery: DeliveryEvidence) throws {
        let finding = try #require(Healthy.only("hook.secret", .blocking) { $0.deliveries = [4: delivery] })
        #expect(finding.blocks == [Blocked("acme/widget")])
        // The old webhook goes only when there is a new one.
        let calls = finding.cure.lines(address: "").filter { $0.contains("curl") }
        #expect(calls.count == 1 && calls[0].contains("-X POST ") && calls[0].contains("-d @- && curl "), "\(calls)")
        #expect(calls.first?.contains("-X DELETE '/api/v1/orgs/acme/hooks/4'") == true, "\(calls)")
    }

    /// A stranger's deliveries with a wrong signature prove nothing while right ones come in; after the last right one
    /// they may be the webhook's own.
    @Test(arguments: [(13, Severity.sound), (12, .unverifiable), (0, .unverifiable)] as [(Int64, Severity)])
    func strangers(secondsAgo: Int64, severity: Severity) {
        var examination = Healthy.examination
        Healthy.service {
            $0.deliveries.forged = .init(count: 1000, last: Timestamp(seconds: $0.now.seconds - secondsAgo))
        }(&examination)
        let diagnosis = Diagnosis(examination)
        #expect(diagnosis.severity == severity)
        let open = diagnosis.entries.filter { !$0.outcome.notMade.isEmpty }.map { $0.check.id }
        #expect(open == (severity == .sound ? [] : ["hook.silent", "hook.secret"]))
    }

    /// Somebody wrote a comment, and what came in at that moment was refused.
    @Test(arguments: [true, false]) func moved(isSigned: Bool) {
        _ = Healthy.only("hook.secret", .blocking) { examination in
            let moved = Timestamp(seconds: examination.now.seconds - 60)
            var pull = Healthy.pull(4, by: Healthy.alice)
            pull.updatedAt = moved
            examination.repositories[0].pulls = .success([pull])
            Healthy.service {
                $0.deliveries.last = ["acme/widget": Timestamp(seconds: moved.seconds - 600)]
                let refused = ServiceEvidence.Deliveries.Refused(count: 1, last: Timestamp(seconds: moved.seconds + 1))
                if isSigned { $0.deliveries.forged = refused } else { $0.deliveries.unsigned = refused }
            }(&examination)
        }
    }

    /// What came in may be another webhook's: of the organisation, or of the repository; also of one that shows something
    /// in front of the service a user.
    @Test(arguments: [true, false], [Healthy.hook, "https://gate:hidden@gate.example.org/hooks/forge"])
    func anothers(isOfOrganization: Bool, url: String) throws {
        var examination = Healthy.examination
        let other = Webhook(
            id: 5, place: isOfOrganization ? .organization("acme") : .repository("acme/widget"), url: url,
            events: Webhook.neededEvents, isActive: true)
        if isOfOrganization {
            examination.organizations[0].hooks = examination.organizations[0].hooks?.map { $0 + [other] }
        } else {
            examination.repositories[0].hooks = .success([other])
            examination.deliveries = [5: .verified]
        }
        let entry = Diagnosis(examination).entries.first { $0.check == HookSecret.self }
        #expect(entry?.severity == .unverifiable, "\(String(describing: entry))")
        // Neither of them is proven by it.
        let own = try #require(try examination.organizations[0].hooks?.get().first)
        #expect(examination.delivery(of: own, for: examination.repositories[0]) == nil)
    }

    /// What something in front of the service asks for is carried over, and not printed.
    @Test func somethingInFront() throws {
        let finding = try #require(
            Healthy.only("hook.secret", .blocking) {
                $0.organizations[0].hooks = .success([try! Self.behindAProxy()])
                $0.deliveries = [4: .badSignature]
            })
        let lines = finding.cure.lines(address: "")
        #expect(
            lines.contains(
                "the settings page of webhook 4 shows what is behind it; put the user and password of its address in the "
                    + "place of USER:PASSWORD and its authorization header in the place of AUTHORIZATION:"), "\(lines)")
        let call = try #require(lines.first { $0.contains("-X POST ") })
        #expect(
            call.contains(#""url":"https:\/\/USER:PASSWORD@gate.example.org\/hooks\/forge""#)
                || call.contains(#""url":"https://USER:PASSWORD@gate.example.org/hooks/forge""#), "\(call)")
        #expect(call.contains(#""authorization_header":"AUTHORIZATION""#) && call.contains(#""wiki""#), "\(call)")
        // What holds a secret goes through a pipe.
        #expect(call.hasPrefix("$ printf %s "))
        #expect(!lines.joined().contains("hidden"), "\(lines)")
    }

    /// One that calls us through a proxy which asks for a user.
    static func behindAProxy(isActive: Bool = true) throws -> Webhook {
        Webhook(
            id: 4, place: .organization("acme"), url: "https://gate:hidden@gate.example.org/hooks/forge",
            events: Webhook.neededEvents + ["wiki"], isActive: isActive, authorization: try Token("hidden"))
    }

    /// A pull request was opened, and what came in then was signed with something else.
    @Test func untold() {
        _ = Healthy.only("hook.secret", .blocking) { examination in
            let opened = examination.now.seconds - 60
            var pull = Healthy.pull(4, by: Healthy.alice)
            pull.pullRequest.createdAt = Timestamp(seconds: opened)
            examination.repositories[0].pulls = .success([pull])
            Healthy.service {
                $0.deliveries.last = ["acme/widget": Timestamp(seconds: opened - 600)]
                $0.deliveries.forged = .init(count: 1, last: Timestamp(seconds: opened + 1))
            }(&examination)
        }
    }

    /// The organisation's first repository is quiet; the second one's pull request tells of the secret.
    @Test func inAnyRepository() {
        _ = Healthy.only("hook.secret", .blocking) { examination in
            let opened = examination.now.seconds - 60
            var pull = Healthy.pull(4, by: Healthy.alice)
            pull.pullRequest.createdAt = Timestamp(seconds: opened)
            var other = Healthy.repository
            other.name = RepositoryName(owner: "acme", name: "other")
            other.pulls = .success([pull])
            examination.repositories.append(other)
            Healthy.service {
                $0.deliveries.last = [:]
                $0.deliveries.forged = .init(count: 1, last: Timestamp(seconds: opened + 1))
            }(&examination)
        }
    }

    /// The repository hears by a webhook of its own; others, which nobody looked at, may hear by the organisation's alone.
    @Test func anOrganisationsIsReplacedAndNeverTakenAway() throws {
        let finding = try #require(
            Healthy.only("hook.secret", .warning) {
                $0.repositories[0].hooks = .success([
                    Webhook(
                        id: 9, place: .repository("\(Healthy.name)"), url: Healthy.hook, events: Webhook.neededEvents,
                        isActive: true)
                ])
                $0.deliveries = [4: .badSignature, 9: .verified]
            })
        let calls = finding.cure.lines(address: "").filter { $0.contains("curl") }
        #expect(calls.count == 1 && calls[0].contains("-X POST "), "\(calls)")
    }

    @Test func notTold() {
        for service in [ServiceAnswer.absent(socket: "x"), nil] {
            var examination = Healthy.examination
            examination.service = service
            #expect(Diagnosis(examination).severity == .unverifiable)
        }
        var quiet = Healthy.examination
        Healthy.service { $0.deliveries.last = [:] }(&quiet)
        #expect(Diagnosis(quiet).severity == .unverifiable)
    }
}
