import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NoProxyPageTests {
    @Test func aPageForEverything() {
        let finding = Healthy.only("reach.proxy", .blocking) {
            $0.greeting = .failure(Healthy.error(.proxyPage(status: 403, server: "cloudflare")))
            $0.repositories = []
        }
        #expect(finding?.answer.contains("cloudflare") == true)
    }

    /// Neither token came through: another one would not either.
    @Test func withoutAuthorization() {
        let finding = Healthy.only("reach.proxy", .blocking) {
            for index in $0.credentials.indices {
                let error = Healthy.error(.unauthorized(message: "token is required"), $0.credentials[index].credential)
                $0.credentials[index].identity = .failure(error)
            }
            $0.repositories = []
        }
        #expect(finding?.cure.lines(address: "").first?.contains("header `Authorization`") == true)
    }

    /// A page to sign in at; the address of the forge is right.
    @Test func redirectToAPage() {
        let finding = Healthy.only("reach.proxy", .blocking) {
            $0.greeting = .failure(Healthy.error(.redirectedAway(to: "a page outside the API")))
            $0.repositories = []
        }
        #expect(finding?.answer.contains("redirects to a page outside the API") == true)
    }

    @Test func aPageForTeams() {
        let finding = Healthy.only("reach.proxy", .blocking) {
            $0.organizations[0].members[2] = [.directory: .failure(Healthy.error(.proxyPage(status: 403, server: "")))]
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
    }
}
