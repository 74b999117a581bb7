import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NobodyElsePostsTests {
    @Test(arguments: [Healthy.alice, nil])
    func foreign(account: Account?) {
        let finding = Healthy.only("protection.foreign-status", .blocking) {
            $0.repositories[0].statuses = .success([Healthy.row("countersign: main", by: account)])
        }
        #expect(finding?.answer.hasPrefix("`countersign: main`") == true)
    }

    @Test func otherStatuses() {
        let found = Healthy.found {
            $0.repositories[0].statuses = .success([
                Healthy.row("countersign: main"), Healthy.row("ci", by: Healthy.alice),
            ])
        }
        #expect(found.isEmpty, "\(found)")
    }
}
