import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct RequiredContextsArePostedTests {
    /// Another repository, in which all is well.
    private static var gear: RepositoryEvidence {
        var evidence = Healthy.repository
        evidence.name = RepositoryName(owner: "acme", name: "gear")
        return evidence
    }

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

    /// A branch that requires our status in a repository that has no policy: whatever old heads show, that blocks.
    @Test(arguments: [["countersign: main"], [], nil] as [[String]?]) func requiredWithoutAPolicy(shown: [String]?) {
        let finding = Healthy.found {
            $0.repositories.append(Self.gear)
            $0.repositories[0].policy = .absent
            $0.repositories[0].statuses = shown.map { .success($0.map { Healthy.row($0) }) }
        }["protection.nobody-posts"]?.first
        #expect(finding?.severity == .blocking)
        let cure = finding?.cure.lines(address: "https://git.example.org") ?? []
        #expect(cure.contains { $0.contains("/contents/.countersign.yml") }, "\(cure)")
        #expect(
            cure.contains(
                "or, if nothing is to be gated there any more: take `countersign: main` out of what the rule of `main` "
                    + "requires:"), "\(cure)")
        #expect(cure.last?.contains("/repos/acme/widget/branch_protections/main'") == true, "\(cure)")
    }

    /// A pattern that others may answer is no orphan where nobody looked, and no call takes it away.
    @Test func aWidePatternWithoutAPolicy() throws {
        var examination = Healthy.examination
        examination.repositories.append(Self.gear)
        examination.repositories[0].policy = .absent
        examination.repositories[0].branch = .success(Healthy.branch(["*"]))
        for statuses in [nil, .failure(Healthy.error(.timeout))] as [Result<[CommitStatus], ForgeError>?] {
            examination.repositories[0].statuses = statuses
            let outcome = RequiredContextsArePosted.examine(examination)
            #expect(outcome.findings.isEmpty && outcome.notMade.count == 1, "\(outcome)")
        }
        examination.repositories[0].statuses = .success([Healthy.row("countersign: main")])
        let finding = try #require(RequiredContextsArePosted.examine(examination).findings.first)
        let cure = finding.cure.lines(address: "https://git.example.org")
        let word = "or, if nothing is to be gated there any more: take `*` out of"
        #expect(cure.last?.hasPrefix(word) == true, "\(cure)")
    }

    /// What others post beside it stays required, and is told for itself.
    @Test func othersWithoutAPolicy() {
        let findings = Healthy.found {
            $0.repositories.append(Self.gear)
            $0.repositories[0].policy = .absent
            $0.repositories[0].branch = .success(Healthy.branch(["countersign/qa-review: main", "ci / build", "lint"]))
            $0.repositories[0].statuses = .success([
                Healthy.row("countersign/qa-review: main"), Healthy.row("ci / build", by: nil),
            ])
        }["protection.nobody-posts"]
        #expect(findings?.map(\.severity) == [.blocking, .warning])
        #expect(findings?.last?.answer.contains("requires `lint`,") == true)
        let cure = findings?.last?.cure.lines(address: "https://git.example.org") ?? []
        #expect(
            cure.last?.contains(#""status_check_contexts":["countersign/qa-review: main","ci / build"]"#) == true,
            "\(cure)")
    }

    /// Another producer's status answers a glob, and without a policy it goes on doing so.
    @Test func globWithoutAPolicy() {
        let found = Healthy.found {
            $0.repositories[0].policy = .absent
            $0.repositories[0].branch = .success(Healthy.branch(["*"]))
            $0.repositories[0].statuses = .success([Healthy.row("ci / build", by: nil)])
        }
        #expect(found["protection.nobody-posts"] == nil, "\(found)")
    }
}
