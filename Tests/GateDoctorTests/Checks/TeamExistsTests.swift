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
        #expect(finding?.meaning.hasPrefix("it was renamed, deleted, or never made, ") == true)
        #expect(
            finding?.cure.lines(address: "").first
                == "if it is `engineers` under a new name, and only then, rename it back, or write the new name in the place "
                + "of `qa` in the policies of `acme/widget`; else:")
    }

    /// The service knows which team it was, and that one is gone: nobody is asked whether it is another one.
    @Test func provenToBeGone() {
        let finding = Healthy.only("team.missing", .blocking) {
            $0.organizations[0].teams[.directory] = .success([
                OrganizationTeam(id: 3, name: "security"), OrganizationTeam(id: 4, name: "engineers"),
            ])
            Healthy.service { $0.knownTeams = ["acme/qa": 2] }(&$0)
        }
        #expect(finding?.meaning == "it was deleted: nobody can sign for it")
        #expect(finding?.cure.lines(address: "").first?.hasPrefix("take the name out of the policies") == true)
    }

    @Test func noOrganization() {
        _ = Healthy.only("team.missing", .blocking) {
            let details = ["user redirect does not exist [name: acme]"]
            $0.organizations[0].teams[.directory] = .failure(
                Healthy.error(.notFound(message: "GetOrgByName", details: details), .directory))
        }
    }
}
