import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct RoomForPagesTests {
    @Test func shortPages() {
        let finding = Healthy.only("reach.limits", .warning) { $0.rowsPerPage = .success(5) }
        #expect(finding?.answer == "5 rows a page")
    }

    @Test func limitedCalls() {
        let found = Healthy.found { $0.repositories[0].statuses = .failure(Healthy.error(.rateLimited(retryAfter: 9))) }
        #expect(found["reach.limits"]?.first?.severity == .blocking)
    }
}
