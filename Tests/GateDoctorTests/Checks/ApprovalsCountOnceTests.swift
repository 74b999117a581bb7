import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct ApprovalsCountOnceTests {
    @Test func twice() {
        let finding = Healthy.only("protection.approvals", .sound) {
            $0.repositories[0].branch = .success(Healthy.branch(approvals: 2))
        }
        #expect(finding?.answer == "the branch asks for 2 approvals of its own")
    }
}
