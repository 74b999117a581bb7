import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenAcceptedTests {
    @Test func rejected() {
        let error = Healthy.error(.unauthorized(message: "user does not exist [uid: 0, name: , keyid: 0]"), .directory)
        let finding = Healthy.only("token.rejected", .blocking) { $0.credentials[1].identity = .failure(error) }
        #expect(finding?.cure.steps.count == 2)
    }
}
