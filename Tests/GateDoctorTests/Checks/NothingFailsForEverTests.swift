import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct NothingFailsForEverTests {
    @Test func failing() throws {
        let finding = try #require(
            Healthy.only(
                "service.failing", .blocking,
                Healthy.service { $0.poisoned = [.init(subject: "acme/widget@main", attempts: 6, problem: "502")] }))
        #expect(finding.cure.lines(address: "").last == "$ countersign refire acme/widget")
        #expect(finding.blocks == [Blocked("acme/widget")])
    }
}
