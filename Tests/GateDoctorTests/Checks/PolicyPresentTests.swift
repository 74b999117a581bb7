import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct PolicyPresentTests {
    @Test func none() {
        let found = Healthy.found {
            $0.repositories[0].policy = .absent
            $0.repositories[0].branch = .success(nil)
        }
        #expect(Array(found.keys) == ["policy.missing"], "\(found)")
    }
}
