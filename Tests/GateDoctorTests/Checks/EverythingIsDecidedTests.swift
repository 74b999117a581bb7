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

    private func told(_ spoil: (inout Examination) -> Void) -> (found: [String], notMade: [String], examined: Int?) {
        var examination = Healthy.examination
        undecided(&examination)
        spoil(&examination)
        let entries = Diagnosis(examination).entries
        return (
            entries.filter { !$0.outcome.findings.isEmpty }.map { $0.check.id },
            entries.first { $0.check.id == "service.undecided" }?.outcome.notMade ?? [],
            entries.first { $0.check.id == "service.undecided" }?.outcome.examined
        )
    }

    /// One cause is told once: what follows from it is not checked.
    @Test func whatFollowsFromSomethingElse() {
        let told = told {
            let hidden = Healthy.error(.forbidden(message: "Must be a team member"), .directory)
            $0.organizations[0].members[2] = [.directory: .failure(hidden)]
        }
        #expect(told.found == ["proof.team"])
        #expect(told.notMade.first?.hasSuffix("it may follow from `proof.team`") == true)
        // What was not judged is no part of what is sound.
        #expect(told.examined == 0)
    }

    /// What keeps no fact from being read, or is wrong in another repository, is no cause of it.
    @Test func whatDoesNotFollow() {
        #expect(told { $0.deliveries = [4: .nothing] }.found == ["hook.silent", "service.undecided"])
        let other = told {
            var evidence = RepositoryEvidence(
                RepositoryName(owner: "acme", name: "other"),
                .failure(Healthy.error(.notFound(message: "x", details: []))))
            evidence.origin = .named
            $0.repositories.append(evidence)
        }
        #expect(other.found == ["access.write", "service.undecided"])
    }
}
