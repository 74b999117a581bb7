import GatePolicy
import Testing

@testable import GateDoctor
@testable import GateService

@Suite struct OrganizationPolicyKnownTests {
    private let unknown = Unknown(cause: .refused, subject: "x", reason: "it is not shown", cure: "let it read")

    @Test func itsRepositoryIsNotShown() {
        let finding = Healthy.only("policy.organization", .blocking) {
            $0.organizations[0].policy = .unknown(unknown, of: "acme", isHidden: true)
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
        #expect(
            finding?.cure.lines(address: "https://git.example.org").contains {
                $0.contains("/repos/acme/.countersign/collaborators/gate")
            } == true)
    }

    /// A policy that is not valid holds its pull requests by itself.
    @Test func aPolicyThatIsNotValid() {
        let finding = Healthy.found {
            $0.organizations[0].policy = .unknown(unknown, of: "acme", isHidden: false)
            $0.repositories[0].policy = Healthy.policyAnswer("version: 1\ngates: [")
        }["policy.organization"]?.first
        #expect(finding?.blocks == [])
    }

    /// What keeps it from being known is told in its own words; a repository without any gate is not named.
    @Test func nobodySeesAllRepositories() {
        let finding = Healthy.only("policy.organization", .blocking) {
            $0.organizations[0].policy = .unknown(unknown, of: "acme", isHidden: false)
            var other = Healthy.repository
            other.policy = .absent
            other.branch = .success(Healthy.branch([]))
            $0.repositories.append(other)
        }
        #expect(finding?.blocks.count == 1)
        #expect(finding?.cure == Cure(.tell("let it read")))
    }
}
