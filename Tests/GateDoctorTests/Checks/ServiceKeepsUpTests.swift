import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct ServiceKeepsUpTests {
    @Test func late() {
        _ = Healthy.only("service.lag", .warning, Healthy.service { $0.lagSeconds = 1801 })
        _ = Healthy.only("service.lag", .warning, Healthy.service { $0.oldestEventSeconds = 61 })
        #expect(
            Healthy.found(
                Healthy.service {
                    $0.lagSeconds = 1800; $0.oldestEventSeconds = 60
                }
            ).isEmpty)
    }

    /// What a stretched schedule promises is what is kept or not, and both numbers are said.
    @Test func stretched() throws {
        func stretched(_ lag: Int64) -> (inout Examination) -> Void {
            Healthy.service { ($0.lagSeconds, $0.periodSeconds, $0.wantedSeconds) = (lag, 2000, 900) }
        }
        #expect(Healthy.found(stretched(4000)).isEmpty)
        let late = try #require(Healthy.only("service.lag", .warning, stretched(4001)))
        let both = "every 2000 s is promised at present (900 s where `reconcile.calls_per_second` suffices)"
        #expect(late.answer.hasSuffix(both), "\(late.answer)")
        var examination = Healthy.examination
        stretched(30)(&examination)
        let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "service.lag" })
        #expect(entry.outcome.told.first?.hasSuffix(both) == true)
    }
}
