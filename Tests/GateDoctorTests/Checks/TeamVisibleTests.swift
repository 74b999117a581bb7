import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TeamVisibleTests {
    /// Each team is asked about with the other token, too: what that one is shown is told.
    @Test func bothTokens() throws {
        var examination = Healthy.examination
        examination.organizations[0].teams[.service] = examination.organizations[0].teams[.directory]
        examination.organizations[0].members[2]?[.service] = .success([Healthy.bob])
        examination.organizations[0].members[3]?[.service] = .failure(
            Healthy.error(.forbidden(message: "Must be a team member")))
        let told = try #require(Diagnosis(examination).entries.first { $0.check.id == "proof.team" }).outcome.told
        #expect(told.first?.hasSuffix("by `forge.directory_token`; 1 in it by `forge.token`") == true, "\(told)")
        #expect(told.last?.contains("`forge.token` is not shown who is in it: ") == true, "\(told)")
    }

    /// Who is active is told to a site administrator alone.
    @Test func nobodySaysWhoIsActive() throws {
        var examination = Healthy.examination
        examination.organizations[0].members[2] = [.directory: .success([Account(id: 2, login: "bob")])]
        let told = try #require(Diagnosis(examination).entries.first { $0.check.id == "proof.team" }).outcome.told
        #expect(
            told.first
                == "acme/qa: 1 in it, of whom only a site administrator is told who is active, by `forge.directory_token`"
        )
        #expect(told.last == "acme/security: 1 in it, 1 active, by `forge.directory_token`")
    }

    @Test func hidden() {
        let finding = Healthy.only("proof.team", .blocking) {
            $0.organizations[0].members[3] = [
                .directory: .failure(Healthy.error(.forbidden(message: "Must be a team member"), .directory))
            ]
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["security-review"])])
    }
}
