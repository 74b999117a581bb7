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

    /// The older pull request of two can go in as well.
    @Test func onAnOlderPullRequest() {
        let finding = Healthy.only("protection.foreign-status", .blocking) {
            $0.heads["acme/widget#2"] = .success([Healthy.row("countersign: main", by: Healthy.alice)])
        }
        #expect(finding?.answer == "`countersign: main` on #2: the newest row is by `alice`")
    }

    @Test func whatWasNotLookedAtIsTold() {
        let entry = Diagnosis(Healthy.examination).entries.first { $0.check.id == "protection.foreign-status" }
        #expect(
            entry?.outcome.told == [
                "acme/widget: main: 1 of 2 open pull requests were not looked at: a service that runs looks at all of "
                    + "them, and so does `countersign refire`"
            ])
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
