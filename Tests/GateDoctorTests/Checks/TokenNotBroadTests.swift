import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenNotBroadTests {
    @Test func broad() {
        let finding = Healthy.only("token.broad", .warning) { $0.credentials[1].excess[0].probe = .granted }
        #expect(finding?.meaning.hasSuffix("it needs only `read:organization`") == true)
    }
}
