import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenIsNoFallbackTests {
    @Test func theVariableOfTheRun() {
        let finding = Healthy.only("token.fallback", .blocking) { $0.credentials[1].sameAsVariable = "GITHUB_TOKEN" }
        #expect(finding?.answer == "it is the token of `GITHUB_TOKEN`")
    }

    @Test func theAccountOfActions() {
        _ = Healthy.only("token.fallback", .blocking) {
            $0.credentials[0].identity = .success(Account(id: -2, login: "gitea-actions"))
        }
    }
}
