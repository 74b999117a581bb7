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
}
