import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NoDeadlockTests {
    @Test func theOnlyMemberIsTheAuthor() {
        let finding = Healthy.only("policy.deadlock", .warning) {
            $0.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.alice), Healthy.pull(2, by: Healthy.bob)])
        }
        #expect(finding?.answer.contains("wrote 50 % of the last 2 pull requests") == true, "\(finding?.answer ?? "")")
    }

    /// What cannot be seen is not called sound.
    @Test func hiddenMembers() {
        var examination = Healthy.examination
        let hidden = Healthy.error(.forbidden(message: "Must be a team member"), .directory)
        examination.organizations[0].members[2] = [.directory: .failure(hidden)]
        let entries = Diagnosis(examination).entries
        for id in ["policy.deadlock", "token.signer", "team.empty"] {
            let entry = entries.first { $0.check.id == id }
            #expect(entry?.outcome.notMade == ["the members of `acme/qa` are not known"], "\(id)")
        }
    }

    /// The policy of another branch asks for more than there are.
    @Test func onAnotherBranch() {
        let finding = Healthy.only("policy.deadlock", .blocking) {
            var other = Healthy.repository
            var branch = Healthy.branch(["countersign: release"])
            branch.name = "release"
            other.branch = .success(branch)
            other.rules = .success([
                ProtectionRule(
                    name: "release", isStatusCheckEnabled: true, contexts: ["countersign: release"],
                    bindsAdministrators: true, settings: ["enable_push": false])
            ])
            other.policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { require: 2 of qa }\n")
            other.statuses = nil
            $0.repositories[0].others = [other]
        }
        #expect(finding?.subject == "acme/widget: release: a")
    }

    @Test func tooFew() {
        let text = "version: 1\ngates:\n  a: { require: 2 of qa }\n"
        let finding = Healthy.only("policy.deadlock", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(text)
        }
        #expect(finding?.meaning == "it can never be met")
    }
}
