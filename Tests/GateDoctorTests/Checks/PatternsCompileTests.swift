import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct PatternsCompileTests {
    @Test func bad() {
        let found = Healthy.found { $0.repositories[0].branch = .success(Healthy.branch(["countersign: main", "[x"])) }
        #expect(Array(found.keys) == ["protection.bad-pattern"], "\(found)")
    }
}
