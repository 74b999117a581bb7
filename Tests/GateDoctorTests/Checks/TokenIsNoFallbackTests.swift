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
        let finding = Healthy.only("token.fallback", .blocking) {
            $0.credentials[0].identity = .success(Account(id: -2, login: "gitea-actions"))
        }
        // Nobody has the password of that account, and it is not the one that should post.
        let cure = finding?.cure.lines(address: "") ?? []
        #expect(cure.contains { $0.contains("/users/SERVICE/tokens") }, "\(cure)")
        #expect(!cure.contains { $0.contains("gitea-actions") } && cure.last == "$ countersign refire --all", "\(cure)")
    }
}
