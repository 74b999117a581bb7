import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TeamNotRenamedTests {
    private static func teams(_ name: String) -> (inout Examination) -> Void {
        {
            $0.organizations[0].teams[.directory] = .success([
                OrganizationTeam(id: 1, name: "Owners", isOwners: true), OrganizationTeam(id: 2, name: name),
                OrganizationTeam(id: 3, name: "security"),
            ])
        }
    }

    /// The service knows which team the policy meant.
    @Test(arguments: ["qa-team", "quality"])
    func renamed(name: String) throws {
        let finding = try #require(
            Healthy.only("team.renamed", .blocking) {
                Self.teams(name)(&$0)
                Healthy.service { $0.knownTeams = ["acme/qa": 2] }(&$0)
            })
        #expect(finding.answer == "there is no team `qa`; team 2, which it was, is called `\(name)`")
        #expect(finding.cure.lines(address: "").first?.contains("-X PATCH") == true)
    }

    /// Nobody knows it: a name that is alike gives no team the right to sign.
    @Test(arguments: ["qa-team", "QA2", "team-qa", "qa-interns"])
    func alike(name: String) throws {
        let finding = try #require(Healthy.only("team.renamed", .blocking, Self.teams(name)))
        #expect(finding.meaning.hasPrefix("the team was renamed or deleted"))
        #expect(finding.cure.lines(address: "").allSatisfy { !$0.hasPrefix("$") })
    }

    /// The team that the policy meant is gone, whatever others are called.
    @Test func deleted() {
        let finding = Healthy.only("team.missing", .blocking) {
            Self.teams("qa-interns")(&$0)
            Healthy.service { $0.knownTeams = ["acme/qa": 7] }(&$0)
        }
        #expect(finding?.cure.lines(address: "").contains { $0.contains("interns") } == false)
    }
}
