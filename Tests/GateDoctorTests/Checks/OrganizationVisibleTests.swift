import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct OrganizationVisibleTests {
    @Test(arguments: [
        ForgeError.Kind.forbidden(message: "Must be an organization member"),
        .notFound(message: "The target could not be found.", details: []),
    ])
    func outsider(kind: ForgeError.Kind) {
        let finding = Healthy.only("proof.organization", .blocking) {
            $0.organizations[0].teams[.directory] = .failure(Healthy.error(kind, .directory))
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
    }
}
