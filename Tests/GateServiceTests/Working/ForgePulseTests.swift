import GateForge
import GateStore
import InMemoryLogging
import Logging
import Synchronization
import Testing

@testable import GateService

@Suite struct ForgePulseTests {
    private static let call = ForgeCall(method: "GET", path: "/user", credential: .service)

    /// Told with the first try that runs out of time, once for a silence, until anything comes, be it a refusal.
    @Test func aSilenceAndItsEnd() {
        let now = Mutex(Moment(milliseconds: 1_000_000))
        let pulse = ForgePulse({ now.withLock { $0 } }, Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(pulse.problem == nil)
        pulse.called(Self.call, .timeout, .seconds(20))
        #expect(pulse.problem?.hasSuffix("; nothing has come from the forge for 20 s") == true)
        now.withLock { $0 = $0 + .seconds(10) }
        pulse.called(Self.call, .unreachable("refused"), .zero)
        pulse.called(Self.call, .cancelled, .seconds(1))
        #expect(pulse.problem?.hasSuffix(" for 30 s") == true)
        pulse.called(Self.call, .unauthorized(message: "no"), .zero)
        #expect(pulse.problem == nil)
    }

    /// A proxy between that does not answer is no answer of the forge.
    @Test func aProxyThatIsDown() {
        let log = InMemoryLogHandler()
        let pulse = ForgePulse({ Moment(milliseconds: 1_000_000) }, Logger(label: "test") { _ in log })
        pulse.called(Self.call, .timeout, .seconds(20))
        pulse.called(Self.call, .proxyUnreachable("refused", proxy: "proxy:3128"), .zero)
        #expect(pulse.problem != nil)
        #expect(log.entries.map(\.message) == ["the forge does not answer"])
    }

    /// One slow endpoint among others does not fill the log, and an outage soon after another is told.
    @Test func whatFlapsIsToldOnce() {
        let now = Mutex(Moment(milliseconds: 1_000_000))
        let log = InMemoryLogHandler()
        let pulse = ForgePulse({ now.withLock { $0 } }, Logger(label: "test") { _ in log })
        func step(_ failure: ForgeError.Kind?) {
            pulse.called(Self.call, failure, .zero)
            now.withLock { $0 = $0 + .seconds(1) }
        }
        for _ in 0..<20 {
            step(.timeout)
            step(nil)
        }
        #expect(log.entries.map(\.message) == ["the forge does not answer", "the forge answers again"])
        for _ in 0..<70 { step(.timeout) }
        #expect(log.entries.count == 3)
        step(nil)
        #expect(log.entries.last?.message == "the forge answers again")
    }

    /// Told once with the first call that is refused, with the cure, until one is answered; a right that is missing is no
    /// matter of the credential.
    @Test func aCredentialThatIsNotAcceptedAnyMore() {
        let now = Mutex(Moment(milliseconds: 1_000_000))
        let log = InMemoryLogHandler()
        let pulse = ForgePulse({ now.withLock { $0 } }, Logger(label: "test") { _ in log })
        let teams = ForgeCall(method: "GET", path: "/orgs/{org}/teams", credential: .directory)
        pulse.called(teams, .forbidden(message: "Must be an organization member"), .zero)
        #expect(pulse.refusals.isEmpty)
        for _ in 0..<3 {
            pulse.called(teams, .unauthorized(message: "user does not exist"), .zero)
            pulse.called(Self.call, nil, .zero)
            now.withLock { $0 = $0 + .seconds(10) }
        }
        #expect(
            pulse.refusals == [
                "the forge does not accept `forge.directory_token`: `user does not exist`; for 30 s"
            ])
        #expect(log.entries.map(\.level) == [.warning])
        #expect(log.entries.map(\.message) == ["the forge does not accept `forge.directory_token`"])
        #expect(log.entries.first?.metadata["cure"]?.description.contains("make a new token") == true)
        pulse.called(teams, nil, .zero)
        #expect(pulse.refusals.isEmpty)
        #expect(log.entries.last?.message == "the forge accepts `forge.directory_token` again")
        // It was just told: one that flaps does not fill the log.
        pulse.called(teams, .unauthorized(message: "user does not exist"), .zero)
        #expect(log.entries.count == 2 && pulse.refusals.count == 1)
        let other = pulse.next()
        pulse.renewed(to: other)
        #expect(pulse.refusals.isEmpty)
        pulse.called(Self.call, .forbidden(message: "User is prohibited from signing in"), .zero, of: other)
        #expect(log.entries.last?.message == "the forge does not accept `forge.token`")
    }

    /// A call that was under way with the credentials before says nothing of those after a reload.
    @Test func anAnswerToCredentialsThatWereReplaced() {
        let log = InMemoryLogHandler()
        let pulse = ForgePulse({ Moment(milliseconds: 1_000_000) }, Logger(label: "test") { _ in log })
        let old = ForgePulse.Generation()
        let refused = ForgeError.Kind.unauthorized(message: "user does not exist")
        // A reload that comes to nothing changes nothing.
        _ = pulse.next()
        pulse.called(Self.call, refused, .zero, of: old)
        #expect(pulse.refusals.count == 1)
        let new = pulse.next()
        pulse.renewed(to: new)
        pulse.called(Self.call, refused, .zero, of: old)
        #expect(pulse.refusals.isEmpty && log.entries.count == 1)
        pulse.called(Self.call, refused, .zero, of: new)
        pulse.called(Self.call, nil, .zero, of: old)
        #expect(pulse.refusals.count == 1 && log.entries.count == 2)
        // That anything comes at all says that the forge answers.
        pulse.called(Self.call, .timeout, .seconds(20), of: new)
        #expect(pulse.problem != nil)
        pulse.called(Self.call, refused, .zero, of: old)
        #expect(pulse.problem == nil)
        // Where the old settings led nowhere says nothing of where the new ones lead.
        pulse.called(Self.call, .unreachable("refused"), .zero, of: old)
        #expect(pulse.problem == nil)
    }
}
