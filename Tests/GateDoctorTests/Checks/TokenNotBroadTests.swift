import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenNotBroadTests {
    @Test func broad() {
        let finding = Healthy.only("token.broad", .warning) { $0.credentials[1].excess[0].probe = .granted }
        #expect(finding?.meaning.hasSuffix("it needs only `read:organization`") == true)
    }

    /// What no call can tell is said.
    @Test func untried() {
        let told = Diagnosis(Healthy.examination).entries.first { $0.check.id == "token.broad" }?.outcome.told ?? []
        #expect(told.count == 2 && told.allSatisfy { $0.contains("`write:notification`") }, "\(told)")
        #expect(told[0].contains("`write:organization`") == false && told[0].contains("`write:issue`") == false)
        #expect(told[1].contains("`read:issue`") && !told[1].contains("`read:organization`"), "\(told)")
    }
}
