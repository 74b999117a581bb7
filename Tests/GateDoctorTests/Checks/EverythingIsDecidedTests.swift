import GateForge
import GatePolicy
import Testing

@testable import GateDoctor

@Suite struct EverythingIsDecidedTests {
    private let undecided = Healthy.service {
        $0.undecided = [
            .init(subject: "acme/widget#1", cause: "refused", reason: "no"),
            .init(subject: "acme/widget#2", cause: "refused", reason: "no"),
        ]
    }

    @Test func byCause() throws {
        let finding = try #require(Healthy.only("service.undecided", .blocking, undecided))
        #expect(finding.answer == "acme/widget#1, acme/widget#2: no")
    }

    /// One cause is told once: what follows from it is not checked.
    @Test func whatFollowsFromSomethingElse() throws {
        var examination = Healthy.examination
        undecided(&examination)
        examination.deliveries = [4: .nothing]
        let diagnosis = Diagnosis(examination)
        #expect(diagnosis.entries.filter { !$0.outcome.findings.isEmpty }.map { $0.check.id } == ["hook.silent"])
        let entry = try #require(diagnosis.entries.first { $0.check.id == "service.undecided" })
        #expect(entry.outcome.notMade.first?.hasSuffix("it may follow from `hook.silent`") == true)
    }
}
