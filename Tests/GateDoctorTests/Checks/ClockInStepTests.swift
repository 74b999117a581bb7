import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct ClockInStepTests {
    @Test(
        arguments: [(29, nil), (-30, .warning), (31, .warning), (299, .warning), (300, .blocking), (-4000, .blocking)]
            as [(Int64, Severity?)])
    func skew(seconds: Int64, severity: Severity?) {
        let found = Healthy.found { $0.now = Timestamp(seconds: $0.now.seconds + seconds) }
        #expect(found["reach.clock"]?.first?.severity == severity)
    }

    @Test func withoutADate() {
        var examination = Healthy.examination
        examination.greeting = .success(ServerGreeting(version: "1.22.0", date: nil))
        #expect(Diagnosis(examination).severity == .unverifiable)
    }
}
