import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct ApprovalsCountOnceTests {
    @Test func twice() {
        let finding = Healthy.only("protection.approvals", .sound) {
            $0.repositories[0].branch = .success(Healthy.branch(approvals: 2))
        }
        #expect(finding?.answer == "the branch asks for 2 approvals of its own")
        #expect(finding?.cure.lines(address: "").contains { $0.contains(#""required_approvals":0"#) } == true)
    }

    /// What holds people back where the gates do not is left alone.
    @Test func onlyWhereTheGatesHoldPeopleBack() {
        let open = Healthy.found { $0.repositories[0].branch = .success(Healthy.branch([], approvals: 1)) }
        let ofMany = Healthy.found {
            $0.repositories[0].branch = .success(Healthy.branch(approvals: 1))
            $0.repositories[0].rules = .success([
                ProtectionRule(
                    name: "*", isStatusCheckEnabled: true, contexts: ["countersign: main"], bindsAdministrators: true,
                    settings: ["enable_push": false])
            ])
        }
        for found in [open, ofMany] {
            let cure = found["protection.approvals"]?.first?.cure
            #expect(cure?.lines(address: "").contains { $0.contains("required_approvals") } == false)
        }
    }
}
