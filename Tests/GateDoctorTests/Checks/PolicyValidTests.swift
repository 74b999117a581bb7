import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct PolicyValidTests {
    /// What needs no gates is looked at all the same: that the branch requires the summary, and webhooks.
    @Test func hidesNothingElse() {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer("version: 1\ngates: { a: { require: } }\n")
        examination.repositories[0].branch = .success(Healthy.branch([]))
        examination.organizations[0].hooks = .success([])
        let diagnosis = Diagnosis(examination)
        let blocking = diagnosis.entries.filter { $0.severity == .blocking }.map { $0.check.id }
        #expect(Set(blocking) == ["policy.invalid", "protection.not-required", "hook.missing"])
        let deadlock = diagnosis.entries.first { $0.check == NoDeadlock.self }
        #expect(deadlock?.outcome.notMade == ["acme/widget: its policy cannot be used: see `policy.invalid`"])
    }

    /// Nothing that depends on what is gated is called sound where nobody knows it.
    @Test func notReadAtAll() {
        var examination = Healthy.examination
        let error = Healthy.error(.serverError(status: 500, message: "boom"))
        examination.repositories[0].branch = .failure(error)
        examination.repositories[0].policy = .unknown(error.unknown(subject: "the policy of `acme/widget`"))
        let diagnosis = Diagnosis(examination)
        let areas = [Area.hooks, .protection, .proof, .policies]
        for entry in diagnosis.entries where areas.contains(entry.check.area) || entry.check == TokenIsNoSigner.self {
            #expect(entry.severity == .unverifiable, "\(entry.check.id)")
        }
        #expect(diagnosis.severity == .unverifiable)
    }

    @Test func broken() {
        let text = "version: 1\ngates:\n  a: { requires: qa }\n"
        let finding = Healthy.only("policy.invalid", .blocking) {
            $0.repositories[0].policy = Healthy.policyAnswer(text)
        }
        #expect(finding?.blocks == [Blocked("acme/widget")])
        #expect(finding?.answer.contains(".countersign.yml:3:") == true, "\(finding?.answer ?? "")")
    }

    /// Pull requests into another branch are judged by that branch's own policy.
    @Test func brokenOnAnotherBranch() {
        let finding = Healthy.only("policy.invalid", .blocking) {
            var other = Healthy.repository
            other.branch = .success(
                BranchAnswer(
                    name: "release/1", commit: Healthy.commit, isProtected: true, isStatusCheckEnabled: true,
                    requiredContexts: ["countersign: release/1"], requiredApprovals: 0))
            other.policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { requires: qa }\n")
            $0.repositories[0].others = [other]
        }
        #expect(finding?.subject == "acme/widget: release/1")
    }

    /// What several repositories share is told once, where it lies, with all that it blocks.
    @Test(arguments: [
        ("acme/.countersign:countersign.yml", "acme/.countersign", "in `countersign.yml` on the default branch of"),
        ("acme/shared:base.yml@v1", "acme/shared: v1", "in `base.yml` on `v1` of"),
    ])
    func shared(file: String, subject: String, place: String) {
        func broken(_ hint: String?) -> PolicyAnswer {
            .broken([
                Diagnostic(span: SourceSpan(file: file, line: 3, column: 5), message: "there is no `x`", hint: hint)
            ])
        }
        let finding = Healthy.only("policy.invalid", .blocking) {
            var other = Healthy.repository
            other.name = RepositoryName(owner: "acme", name: "other")
            $0.repositories.append(other)
            $0.repositories[0].policy = broken(nil)
            $0.repositories[1].policy = broken("write `y`")
        }
        #expect(finding?.subject == subject)
        #expect(finding?.blocks == [Blocked("acme/widget"), Blocked("acme/other")])
        let repository = subject.prefix { $0 != ":" }
        #expect(
            finding?.cure.lines(address: "") == ["\(place) `\(repository)`, line 3: there is no `x`; write `y`"])
    }

    /// A mistake of its own beside one of all: two causes.
    @Test func bothAtOnce() {
        let found = Healthy.found {
            $0.repositories[0].policy = .broken(
                [".countersign.yml", "acme/.countersign:countersign.yml"].map {
                    Diagnostic(span: SourceSpan(file: $0, line: 3, column: 5), message: "there is no `x`", hint: nil)
                })
        }
        #expect(found["policy.invalid"]?.map(\.subject) == ["acme/widget", "acme/.countersign"])
        #expect(found["policy.invalid"]?.allSatisfy { $0.blocks == [Blocked("acme/widget")] } == true)
    }

    @Test func unread() {
        var examination = Healthy.examination
        let unknown = Unknown(cause: .timeout, subject: "x", reason: "slow", cure: "z")
        examination.repositories[0].policy = .unknown(unknown)
        #expect(Diagnosis(examination).severity == .unverifiable)
    }
}
