import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TeamHasMembersTests {
    @Test(arguments: [[], [Account(id: 2, login: "bob", isActive: false)]])
    func nobody(members: [Account]) {
        let finding = Healthy.only("team.empty", .blocking) {
            $0.organizations[0].members[2] = [.directory: .success(members)]
        }
        #expect(finding?.blocks == [Blocked("acme/widget", ["qa-review"])])
    }
}
