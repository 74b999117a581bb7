import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct RequiredContextsArePostedTests {
    @Test func nobody() {
        let finding = Healthy.only("protection.nobody-posts", .blocking) {
            $0.repositories[0].branch = .success(Healthy.branch(["countersign: main", "ci / build (push)"]))
            $0.repositories[0].otherHeads = [HeadEvidence(pull: 2, statuses: .success([]))]
            $0.repositories[0].settledHeads = 2
        }
        #expect(finding?.answer.hasSuffix("on #3, #2") == true)
        let cure = finding?.cure.lines(address: "https://git.example.org") ?? []
        #expect(cure.last?.contains(#""status_check_contexts":["countersign: main"]"#) == true, "\(cure)")
    }

    /// One head may be too young, or touch nothing that the job builds: that no other gets it is not known.
    @Test(arguments: [0, 1]) func onOneHead(settled: Int) {
        let finding = Healthy.only("protection.nobody-posts", .warning) {
            $0.repositories[0].branch = .success(Healthy.branch(["countersign: main", "ci / build (push)"]))
            $0.repositories[0].settledHeads = settled
        }
        #expect(finding?.blocks == [])
    }

    @Test func onAnotherHead() {
        let found = Healthy.found {
            $0.repositories[0].branch = .success(Healthy.branch(["countersign: main", "ci / *"]))
            $0.repositories[0].otherHeads = [
                HeadEvidence(pull: 2, statuses: .success([Healthy.row("ci / build (push)", by: nil)]))
            ]
        }
        #expect(found.isEmpty, "\(found)")
    }

    @Test func somebodyElse() {
        let found = Healthy.found {
            $0.repositories[0].branch = .success(Healthy.branch(["countersign: main", "ci / *"]))
            $0.repositories[0].statuses = .success([
                Healthy.row("countersign: main"), Healthy.row("ci / build (push)", by: nil),
            ])
        }
        #expect(found.isEmpty, "\(found)")
    }

    /// Without any pull request nobody can say who posts what.
    @Test func nothingToSee() {
        var examination = Healthy.examination
        examination.repositories[0].branch = .success(Healthy.branch(["countersign: main", "ci"]))
        examination.repositories[0].statuses = nil
        #expect(Diagnosis(examination).severity == .unverifiable)
    }

    /// A branch that requires our status in a repository that has no policy.
    @Test func requiredWithoutAPolicy() {
        let found = Healthy.found {
            $0.repositories[0].policy = .absent
            $0.repositories[0].statuses = .success([])
        }
        #expect(found["protection.nobody-posts"]?.count == 1, "\(found)")
    }
}
