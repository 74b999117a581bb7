import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TeamVisibleTests {
    @Test func hidden() {
        let finding = Healthy.only("proof.team", .blocking) {
            $0.organizations[0].members[3] = [
                .directory: .failure(Healthy.error(.forbidden(message: "Must be a team member"), .directory))
            ]
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["security-review"])])
    }
}
