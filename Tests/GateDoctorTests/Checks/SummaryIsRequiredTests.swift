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

    /// A rule that is made binds administrators, where the server has the switch.
    @Test(arguments: [("1.22.0", false), ("1.23.0", true), ("9.0.0+gitea-1.23.0", false), ("2.0.0", true)])
    func newRule(version: String, binds: Bool) {
        let finding = Healthy.found {
            let branch = BranchAnswer(
                name: "main", commit: Healthy.commit, isProtected: false, isStatusCheckEnabled: false,
                requiredContexts: [], requiredApprovals: 0)
            $0.repositories[0].branch = .success(branch)
            $0.repositories[0].rules = .success([])
            $0.greeting = .success(ServerGreeting(version: version, date: $0.now))
        }["protection.not-required"]?.first
        let cure = finding?.cure.lines(address: "https://git.example.org").last
        #expect(cure?.contains("-X POST ") == true)
        #expect(cure?.contains(#""block_admin_merge_override":true"#) == binds, "\(cure ?? "")")
    }

    /// What is wrong with the list is not written back, and that is told.
    @Test func wrongPatterns() {
        let found = Healthy.found {
            $0.repositories[0].branch = .success(Healthy.branch(["countersign: [main", "countersign: main ", "ci"]))
            $0.repositories[0].statuses = .success([Healthy.row("ci"), Healthy.row("countersign: main")])
            $0.repositories[0].settledHeads = 2
        }
        let all = ["protection.not-required", "protection.bad-pattern", "protection.nobody-posts"]
        #expect(Set(found.keys) == Set(all), "\(found)")
        for finding in found.values.flatMap({ $0 }) {
            let cure = finding.cure.lines(address: "https://git.example.org")
            #expect(cure.last?.contains(#""status_check_contexts":["ci","countersign: main"]"#) == true, "\(cure)")
        }
        #expect(
            found[all[0]]?.first?.cure.steps.first
                == .tell(
                    "this leaves out, too: `countersign: [main` (`protection.bad-pattern`), `countersign: main ` "
                        + "(`protection.nobody-posts`)"))
    }

    /// Somebody's CI that one young pull request does not show yet stays required.
    @Test func slowContinuousIntegration() {
        let found = Healthy.found {
            $0.repositories[0].branch = .success(Healthy.branch(["build"]))
            $0.repositories[0].settledHeads = 1
        }
        let cure = found["protection.not-required"]?.first?.cure.lines(address: "https://git.example.org")
        #expect(
            cure?.last?.contains(#""status_check_contexts":["build","countersign: main"]"#) == true, "\(cure ?? [])")
        #expect(found["protection.nobody-posts"]?.map(\.severity) == [.warning])
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
