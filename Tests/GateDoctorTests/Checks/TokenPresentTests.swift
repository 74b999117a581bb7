import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenPresentTests {
    @Test func emptyVariable() {
        let finding = Healthy.only("token.empty", .blocking) {
            $0.credentials[1].origin = .empty(variable: "COUNTERSIGN_FORGE_DIRECTORY_TOKEN")
        }
        #expect(finding?.subject == "forge.directory_token")
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review", "security-review"])])
    }

    @Test func aFileWithoutAToken() {
        let finding = Healthy.only("token.empty", .blocking) {
            $0.credentials[0].origin = .without(setting: "forge.token_file", path: "/run/token", .missing)
        }
        #expect(finding?.asked == ["the file `/run/token`, by `forge.token_file`"])
        #expect(finding?.answer == "it does not exist")
        #expect(
            finding?.cure.lines(address: "").first
                == "if it is in another file, let `forge.token_file` name that one; else make a new one:")
        #expect(finding?.cure.lines(address: "").contains { $0.contains("into `/run/token`") } == true)
        #expect(finding?.blocks == [Blocked(nil)])
    }

    @Test func noServiceToken() {
        let finding = Healthy.only("token.empty", .blocking) { $0.credentials[0].origin = .missing }
        #expect(finding?.blocks == [Blocked(nil)])
    }
}
