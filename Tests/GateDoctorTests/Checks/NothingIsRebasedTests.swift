import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NothingIsRebasedTests {
    private static func repository(_ allowsRebase: Bool?) -> RepositoryEvidence {
        var evidence = Healthy.repository
        var listed = ListedRepository(name: Healthy.name, defaultBranch: "main")
        listed.allowsRebase = allowsRebase
        evidence.rights = .success(RepositoryRights(repository: listed, mayPush: true, mayAdminister: false))
        return evidence
    }

    @Test func allowed() {
        let finding = Healthy.only("protection.rebase", .warning) { $0.repositories[0] = Self.repository(true) }
        #expect(finding?.answer == "pull requests may be merged by rebase")
    }

    @Test func notTold() {
        var examination = Healthy.examination
        examination.repositories[0] = Self.repository(nil)
        let outcome = NothingIsRebased.examine(examination)
        #expect(outcome.findings.isEmpty)
        #expect(outcome.notMade == ["acme/widget: whether pull requests may be merged by rebase is not told"])
    }
}
