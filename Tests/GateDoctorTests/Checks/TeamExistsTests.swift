import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TeamExistsTests {
    @Test func gone() {
        let finding = Healthy.only("team.missing", .blocking) {
            $0.organizations[0].teams[.directory] = .success([
                OrganizationTeam(id: 1, name: "Owners", isOwners: true), OrganizationTeam(id: 3, name: "security"),
                OrganizationTeam(id: 4, name: "engineers"),
            ])
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review"])])
    }

    @Test func noOrganization() {
        _ = Healthy.only("team.missing", .blocking) {
            let details = ["user redirect does not exist [name: acme]"]
            $0.organizations[0].teams[.directory] = .failure(
                Healthy.error(.notFound(message: "GetOrgByName", details: details), .directory))
        }
    }
}
