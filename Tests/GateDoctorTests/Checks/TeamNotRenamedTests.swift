import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TeamNotRenamedTests {
    @Test(arguments: ["qa-team", "QA2", "team-qa"])
    func renamed(name: String) {
        let finding = Healthy.only("team.renamed", .blocking) {
            $0.organizations[0].teams[.directory] = .success([
                OrganizationTeam(id: 1, name: "Owners", isOwners: true), OrganizationTeam(id: 2, name: name),
                OrganizationTeam(id: 3, name: "security"),
            ])
        }
        #expect(finding?.answer.contains(name) == true)
    }
}
