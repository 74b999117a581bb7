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
}
