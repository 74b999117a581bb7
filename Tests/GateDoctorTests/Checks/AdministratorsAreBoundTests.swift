import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct AdministratorsAreBoundTests {
    @Test(arguments: [(false, .warning), (nil, .sound)] as [(Bool?, Severity)])
    func unbound(binds: Bool?, severity: Severity) {
        _ = Healthy.only("protection.administrators", severity) {
            $0.repositories[0].rules = .success([
                ProtectionRule(
                    name: "m*", isStatusCheckEnabled: true, contexts: ["countersign: main"], bindsAdministrators: binds,
                    settings: ["enable_push": false])
            ])
        }
    }

    /// Who administers a repository that others read their gates from merges there past the approval, too.
    @Test(arguments: [(false, .warning), (nil, .sound)] as [(Bool?, Severity)])
    func unboundWhereTheLawIs(binds: Bool?, severity: Severity) {
        let finding = Healthy.only("protection.administrators", severity) {
            $0.laws[0].branch.rules = .success([
                ProtectionRule(
                    name: "main", isStatusCheckEnabled: false, contexts: [], bindsAdministrators: binds,
                    settings: ["enable_push": false])
            ])
        }
        #expect(finding?.subject == "acme/.countersign: main")
        #expect(finding?.meaning.hasPrefix("`base.yml` is read from it for others: who administers") == true)
    }

    /// Forgejo tells it of no rule: that is one sentence, however many repositories there are.
    @Test func onForgejo() {
        var examination = Healthy.examination
        examination.greeting = .success(ServerGreeting(version: "11.0.1+gitea-1.22.0", date: examination.now))
        examination.laws = []
        examination.repositories[0].rules = .success([
            ProtectionRule(name: "main", isStatusCheckEnabled: true, contexts: ["countersign: main"])
        ])
        var other = examination.repositories[0]
        other.name = RepositoryName(owner: "acme", name: "gear")
        examination.repositories.append(other)
        let outcome = AdministratorsAreBound.examine(examination)
        let told = "whether Forgejo lets administrators past what a branch requires is not told by its API"
        #expect(outcome.notMade == [told])
    }

    @Test func whatIsNotShownOfTheLaw() {
        var examination = Healthy.examination
        examination.laws[0].branch.rules = nil
        let outcome = AdministratorsAreBound.examine(examination)
        #expect(outcome.findings.isEmpty && outcome.notMade.count == 1, "\(outcome)")
    }
}
