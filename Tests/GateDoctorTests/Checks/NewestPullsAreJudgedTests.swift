import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NewestPullsAreJudgedTests {
    private static let summary = Healthy.row("countersign: main")

    @Test func nobodyLooked() {
        let finding = Healthy.only("protection.unjudged", .warning) {
            $0.repositories[0].statuses = .success([])
            $0.repositories[0].otherHeads = [HeadEvidence(pull: 2, statuses: .success([]))]
        }
        #expect(finding?.answer == "nobody has looked at #3, #2 yet: `countersign: main` is not there")
        #expect(finding?.cure.lines(address: "") == ["$ countersign refire acme/widget"])
    }

    /// The service's settings leave it out: what is shown there is older, and nothing will change it.
    @Test(arguments: [true, false]) func leftOut(isRunning: Bool) {
        let finding = Healthy.only("protection.unjudged", isRunning ? .blocking : .warning) {
            $0.repositories[0].isLeftOut = true
            if !isRunning { $0.service = nil }
        }
        #expect(finding?.subject == "acme/widget")
        #expect(finding?.answer == "`repositories` leaves `acme/widget` out, and `main` requires `countersign: main`")
        #expect(finding?.cure.steps.last == .run("countersign refire acme/widget --all"))
    }

    /// One that is seconds old waits its turn where others show that somebody looks; one that is older was passed over.
    @Test(arguments: [(1, false), (2, true)]) func young(settled: Int, isTold: Bool) {
        let found = Healthy.found {
            $0.repositories[0].statuses = .success([])
            $0.repositories[0].otherHeads = [HeadEvidence(pull: 2, statuses: .success([Self.summary]))]
            $0.repositories[0].settledHeads = settled
        }
        #expect(Array(found.keys) == (isTold ? ["protection.unjudged"] : []), "\(found)")
        #expect(found["protection.unjudged"]?.first?.answer.contains("#3 yet") != false)
    }

    /// One that moved a moment ago is not told of where it is the only one; those that waited for longer are.
    @Test(arguments: [[], [2]] as [[Int64]]) func aMomentOld(others: [Int64]) throws {
        var examination = Healthy.examination
        examination.repositories[0].statuses = .success([])
        examination.repositories[0].isNewestYoung = true
        #expect(examination.repositories[0].needsOtherHeads)
        examination.repositories[0].otherHeads = others.map { HeadEvidence(pull: $0, statuses: .success([])) }
        examination.repositories[0].settledHeads = others.count
        let outcome = NewestPullsAreJudged.examine(examination)
        #expect(outcome.findings.map { $0.answer.contains("at #2 yet") } == others.map { _ in true }, "\(outcome)")
        #expect(outcome.told == ["acme/widget: #3 moved a moment ago: nobody had to look at it yet"])
    }

    @Test func closed() {
        let found = Healthy.found {
            var closed = Healthy.pull(3, by: Healthy.alice)
            closed.pullRequest.isOpen = false
            $0.repositories[0].pulls = .success([closed])
            $0.repositories[0].statuses = .success([])
        }
        #expect(found.isEmpty, "\(found)")
    }

    @Test func unread() {
        var examination = Healthy.examination
        examination.repositories[0].statuses = .failure(Healthy.error(.timeout))
        #expect(NewestPullsAreJudged.examine(examination).notMade.count == 1)
    }

    /// Where no webhook comes in nobody looks: that is told once.
    @Test func hooks() {
        let found = Healthy.found {
            $0.repositories[0].statuses = .success([])
            $0.organizations[0].hooks = .success([])
        }
        #expect(Array(found.keys) == ["hook.missing"], "\(found)")
    }

    /// An account that may not write posts nothing: that is told once.
    @Test func cause() {
        let found = Healthy.found {
            $0.repositories[0].statuses = .success([])
            guard case .success(var rights) = $0.repositories[0].rights else { return }
            rights.mayPush = false
            $0.repositories[0].rights = .success(rights)
        }
        #expect(Array(found.keys) == ["access.write"], "\(found)")
    }
}
