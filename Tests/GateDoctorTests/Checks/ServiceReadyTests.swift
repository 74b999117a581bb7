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

    /// A full disk follows from nothing that is wrong on the forge; a token that is refused here, too, is told once.
    @Test(arguments: [("store", true), ("directory token", false)]) func besideACause(name: String, isTold: Bool) {
        let found = Healthy.found {
            Healthy.service { $0.obstacles = [.init(name: name, problem: "it says no")] }(&$0)
            $0.credentials[1].identity = .failure(Healthy.error(.unauthorized(message: "x"), .directory))
            $0.repositories[0].branch = .success(Healthy.branch([]))
        }
        #expect((found["service.ready"] != nil) == isTold, "\(found)")
        #expect(found["token.rejected"] != nil)
    }
}
