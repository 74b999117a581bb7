import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct ServiceReadyTests {
    @Test(arguments: ["store", "service token"]) func notReady(name: String) throws {
        let finding = try #require(
            Healthy.only(
                "service.ready", .blocking,
                Healthy.service { $0.obstacles = [.init(name: name, problem: "it says no")] }))
        #expect(finding.cure.lines(address: "").joined().contains(name == "store" ? "make room" : "SIGHUP"))
    }
}
