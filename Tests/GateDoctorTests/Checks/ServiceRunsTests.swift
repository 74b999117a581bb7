import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct ServiceRunsTests {
    @Test func silent() {
        _ = Healthy.only("service.running", .blocking) {
            $0.service = .silent(socket: "/run/countersign.sock", problem: "nobody answers")
        }
    }

    /// Only in CI there is none, and nobody misses it.
    @Test func noneIsExpected() throws {
        var examination = Healthy.examination
        examination.service = nil
        let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "service.running" })
        #expect(entry.severity == .sound && entry.outcome.examined == 0)
    }
}
