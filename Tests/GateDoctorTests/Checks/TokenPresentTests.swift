import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenPresentTests {
    @Test func emptyVariable() {
        let finding = Healthy.only("token.empty", .blocking) {
            $0.credentials[1].origin = .empty(variable: "COUNTERSIGN_FORGE_DIRECTORY_TOKEN")
        }
        #expect(finding?.subject == "forge.directory_token")
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
    }

    @Test func noServiceToken() {
        let finding = Healthy.only("token.empty", .blocking) { $0.credentials[0].origin = .missing }
        #expect(finding?.blocks == [Blocked(nil)])
    }
}
