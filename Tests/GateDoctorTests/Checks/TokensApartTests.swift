import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokensApartTests {
    @Test func oneTokenForAll() {
        let finding = Healthy.only("proof.arrangement", .warning) {
            $0.credentials[1].origin = .missing
            $0.organizations[0].teams[.service] = $0.organizations[0].teams[.directory]
            for (id, members) in $0.organizations[0].members {
                $0.organizations[0].members[id] = [.service: members[.directory] ?? .success([])]
            }
        }
        #expect(finding?.subject == "forge.directory_token")
    }
}
