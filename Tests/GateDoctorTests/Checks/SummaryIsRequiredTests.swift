import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct SummaryIsRequiredTests {
    @Test func notAmongThem() {
        let finding = Healthy.only("protection.not-required", .blocking) {
            $0.repositories[0].branch = .success(Healthy.branch(["countersign/qa-review: main"]))
        }
        let cure = finding?.cure.lines(address: "https://git.example.org") ?? []
        #expect(cure.last?.contains("countersign/qa-review: main\",\"countersign: main") == true, "\(cure)")
    }

    @Test func switchedOff() {
        _ = Healthy.only("protection.not-required", .blocking) {
            var branch = Healthy.branch()
            branch.isStatusCheckEnabled = false
            $0.repositories[0].branch = .success(branch)
        }
    }

    /// The summary is posted before it is required.
    @Test func keyBeforeDoor() {
        let finding = Healthy.only("protection.not-required", .blocking) {
            $0.repositories[0].branch = .success(Healthy.branch([]))
            $0.repositories[0].statuses = .success([])
        }
        #expect(finding?.cure.steps.first == .run("countersign refire acme/widget"))
    }
}
