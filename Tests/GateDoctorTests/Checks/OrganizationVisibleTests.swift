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

    /// There is one token: it is made for all organisations, whichever of them is not shown.
    @Test(arguments: [["partner"], ["acme"], ["acme", "partner"]]) func oneTokenForTwo(hidden: [String]) {
        let finding = Healthy.only("proof.organization", .blocking) { examination in
            var partner = OrganizationEvidence("partner")
            partner.mentioned = ["legal"]
            partner.teams[.directory] = .success([OrganizationTeam(id: 8, name: "legal")])
            partner.members[8] = [.directory: .success([Healthy.carol])]
            examination.organizations.append(partner)
            let text = Healthy.policy + "\n  legal: { require: \"@partner/legal\" }\n"
            examination.repositories[0].policy = Healthy.policyAnswer(text)
            let error = Healthy.error(.forbidden(message: "Must be an organization member"), .directory)
            for index in examination.organizations.indices where hidden.contains(examination.organizations[index].name)
            {
                examination.organizations[index].teams[.directory] = .failure(error)
            }
        }
        let lines = finding?.cure.lines(address: "") ?? []
        #expect(lines.first?.contains("let one account be an owner of `acme` and `partner`") == true, "\(lines)")
        #expect(lines.contains("# OWNER is an owner of `acme` and of `partner`"), "\(lines)")
        #expect(finding?.asked.count == hidden.count)
    }
}
