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

    /// Both tokens are one account's: the forge refuses a second token of the same name.
    @Test func bothOfOneAccount() {
        let findings = Healthy.found {
            $0.credentials[0].excess[0].probe = .granted
            $0.credentials[1].excess[0].probe = .granted
        }["token.broad"]
        let names = (findings ?? []).flatMap { $0.cure.lines(address: "https://git.example.org") }
            .compactMap { $0.firstMatch(of: /"name":"([^"]+)"/)?.output.1 }
        #expect(names == ["countersign-1780000000", "countersign-directory-1780000000"])
    }

    /// What no call can tell is said.
    @Test func untried() {
        let told = Diagnosis(Healthy.examination).entries.first { $0.check.id == "token.broad" }?.outcome.told ?? []
        #expect(told.count == 2 && told.allSatisfy { $0.contains("`write:notification`") }, "\(told)")
        #expect(told[0].contains("`write:organization`") == false && told[0].contains("`write:issue`") == false)
        #expect(told[1].contains("`read:issue`") && !told[1].contains("`read:organization`"), "\(told)")
    }
}
