import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct NothingWaitsForLongTests {
    @Test func pending() throws {
        let finding = try #require(
            Healthy.only(
                "service.pending", .sound,
                Healthy.service {
                    let since = Timestamp(seconds: $0.now.seconds - 9 * 86_400)
                    $0.pending = [.init(subject: "acme/widget#1", context: "countersign: main", since: since)]
                }))
        #expect(finding.answer == "`countersign: main` pending for 9 days")
    }
}
