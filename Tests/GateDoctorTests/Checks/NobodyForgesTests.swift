import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct NobodyForgesTests {
    @Test func foreign() throws {
        let finding = try #require(
            Healthy.only(
                "service.foreign-status", .warning,
                Healthy.service {
                    $0.foreign = [.init(subject: "acme/widget#1", context: "countersign: main", creator: "`dave`")]
                }))
        #expect(finding.cure.lines(address: "").last == "$ countersign forget acme/widget#1")
    }
}
