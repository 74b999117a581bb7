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

    @Test func aPageForTeams() {
        let finding = Healthy.only("reach.proxy", .blocking) {
            $0.organizations[0].members[2] = [.directory: .failure(Healthy.error(.proxyPage(status: 403, server: "")))]
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
    }
}
