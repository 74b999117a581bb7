import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenIsNoSignerTests {
    @Test func signer() {
        let finding = Healthy.only("token.signer", .warning) {
            $0.organizations[0].members[2] = [.directory: .success([Healthy.bob, Healthy.gate])]
        }
        #expect(finding?.subject == "acme/qa")
    }
}
