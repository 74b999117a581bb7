import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct LawIsProtectedTests {
    private func rule(_ settings: [String: JSONValue]) -> (inout Examination) -> Void {
        { examination in
            examination.laws[0].branch.rules = .success([
                ProtectionRule(
                    name: "main", isStatusCheckEnabled: false, contexts: [], bindsAdministrators: true,
                    settings: settings)
            ])
        }
    }

    private func branch(isProtected: Bool, approvals: Int) -> Result<BranchAnswer?, ForgeError> {
        .success(
            BranchAnswer(
                name: "main", commit: Healthy.commit, isProtected: isProtected, isStatusCheckEnabled: false,
                requiredContexts: [], requiredApprovals: approvals))
    }

    @Test func unprotected() {
        let finding = Healthy.only("protection.law", .blocking) {
            $0.laws[0].branch.branch = branch(isProtected: false, approvals: 0)
            $0.laws[0].branch.rules = .success([])
        }
        #expect(finding?.subject == "acme/.countersign: main")
        #expect(finding?.blocks == [Blocked("acme/widget")])
        #expect(
            finding?.cure.lines(address: "").last?.hasSuffix(
                #"-d '{"enable_push":false,"required_approvals":1,"rule_name":"main"}'"#) == true)
    }

    /// Who alone may merge is named.
    @Test(
        arguments: [[:], ["enable_merge_whitelist": true, "merge_whitelist_usernames": ["olivia"]]]
            as [[String: JSONValue]])
    func withoutAnApproval(merging: [String: JSONValue]) {
        let finding = Healthy.only("protection.law", merging.isEmpty ? .blocking : .warning) {
            $0.laws[0].branch.branch = branch(isProtected: true, approvals: 0)
            rule(merging.merging(["enable_push": false]) { $1 })(&$0)
        }
        #expect(
            finding?.meaning.contains(merging.isEmpty ? "whoever may write" : "`olivia` merges there alone") == true)
        #expect(finding?.blocks == (merging.isEmpty ? [Blocked("acme/widget")] : []))
    }

    @Test(
        arguments: [
            (["enable_push": true], Severity.blocking),
            (["enable_push": true, "enable_push_whitelist": true, "push_whitelist_usernames": ["olivia"]], .warning),
            (["enable_push": false, "unprotected_file_patterns": "base.*"], .blocking),
        ] as [([String: JSONValue], Severity)])
    func pushing(settings: [String: JSONValue], severity: Severity) {
        let finding = Healthy.only("protection.law", severity, rule(settings))
        #expect(finding?.blocks == (severity == .blocking ? [Blocked("acme/widget")] : []))
    }

    /// Its summary is required, and no approval; this is what its own policy says.
    private func gated(_ policy: PolicyAnswer?) -> (inout Examination) -> Void {
        { examination in
            examination.laws[0].branch.policy = policy
            examination.laws[0].branch.branch = .success(Healthy.branch())
            examination.laws[0].branch.rules = .success([
                ProtectionRule(
                    name: "main", isStatusCheckEnabled: true, contexts: ["countersign: main"],
                    bindsAdministrators: true,
                    settings: ["enable_push": false])
            ])
        }
    }

    private static let idle = [
        "{ require: qa, mode: advisory }", "{ when: 'base(\"release/*\")', require: qa }",
        "{ when: 'changes(\"docs/**\")', require: qa }",
    ]

    /// The summary is required, and is green when nobody but the opener has seen the change.
    @Test(arguments: idle) func gatesThatHoldNothing(_ gate: String) {
        let finding = Healthy.only(
            "protection.law", .blocking, gated(Healthy.policyAnswer("version: 1\ngates: { it: \(gate) }")))
        #expect(
            finding?.answer
                == "the branch requires `countersign: main` and no approval, and its gates ask nobody to sign "
                + "a change of `base.yml`")
        #expect(finding?.blocks == [Blocked("acme/widget")])
        #expect(finding?.cure.lines(address: "").last?.hasSuffix(#"-d '{"required_approvals":1}'"#) == true)
    }

    /// The same where the branch is looked at with its own gates: nothing else tells it.
    @Test func gatesOfItsOwnThatHoldNothing() {
        var examination = Healthy.examination
        gated(Healthy.policyAnswer("version: 1\ngates: { it: \(Self.idle[0]) }"))(&examination)
        examination.repositories.append(examination.laws[0].branch)
        let outcome = LawIsProtected.examine(examination)
        #expect(outcome.findings.count == 1 && outcome.notMade.isEmpty, "\(outcome)")
    }

    @Test func gatesThatHold() {
        for policy in ["{ require: qa }", "{ when: 'changes(\"*.yml\")', require: qa }"] {
            let found = Healthy.found(gated(Healthy.policyAnswer("version: 1\ngates: { it: \(policy) }")))
            #expect(found.isEmpty, "\(found)")
        }
        // Until it is mended nothing is green.
        let broken = Healthy.found(gated(Healthy.policyAnswer("gates: 1")))
        #expect(broken.isEmpty, "\(broken)")
    }

    /// What the gates ask hangs on the pull request, or the policy is not known: that is told, and is neither sound nor a
    /// finding.
    @Test func gatesThatMayHold() {
        let unknown = Unknown(cause: .timeout, subject: "the policy", reason: "the forge did not answer", cure: "wait")
        let policies: [(PolicyAnswer?, String)] = [
            (Healthy.policyAnswer("version: 1\ngates: { it: { when: 'label(\"x\")', require: qa } }"), "hangs on"),
            (.unknown(unknown), "the forge did not answer"), (nil, "was not read"),
        ]
        for (policy, reason) in policies {
            var examination = Healthy.examination
            gated(policy)(&examination)
            let outcome = LawIsProtected.examine(examination)
            #expect(outcome.findings.isEmpty && outcome.notMade.count == 1, "\(outcome)")
            #expect(outcome.notMade.first?.contains(reason) == true, "\(outcome)")
        }
    }

    /// Where the summary is not required it is all the same what the policy says.
    @Test func anUnknownPolicyOfABranchThatAsksForNothing() {
        let unknown = Unknown(cause: .timeout, subject: "the policy", reason: "the forge did not answer", cure: "wait")
        var examination = Healthy.examination
        examination.laws[0].branch.branch = branch(isProtected: true, approvals: 0)
        examination.laws[0].branch.policy = .unknown(unknown)
        let outcome = LawIsProtected.examine(examination)
        #expect(outcome.findings.map(\.severity) == [.blocking] && outcome.notMade.isEmpty, "\(outcome)")
    }

    /// A policy that is not valid may read from anywhere.
    @Test func aBrokenPolicy() throws {
        var examination = Healthy.examination
        examination.repositories[0].policy = Healthy.policyAnswer("gates: 1")
        let entry = try #require(Diagnosis(examination).entries.first { $0.check == LawIsProtected.self })
        #expect(entry.severity == .unverifiable, "\(entry)")
    }

    /// To the forge the name of a rule is a glob, and one may be for other branches.
    @Test func branchesWithNamesLikeGlobs() {
        func cure(_ spoil: @escaping (inout Examination) -> Void) -> [String] {
            var examination = Healthy.examination
            examination.laws[0].branch.branch = .success(
                BranchAnswer(
                    name: "release/{1}", commit: Healthy.commit, isProtected: true, isStatusCheckEnabled: false,
                    requiredContexts: [], requiredApprovals: 0))
            spoil(&examination)
            return LawIsProtected.examine(examination).findings.flatMap { $0.cure.lines(address: "") }
        }
        let new = cure {
            $0.laws[0].branch.branch = .success(
                BranchAnswer(
                    name: "release/{1}", commit: Healthy.commit, isProtected: false, isStatusCheckEnabled: false,
                    requiredContexts: [], requiredApprovals: 0))
        }
        #expect(new.last?.contains(#""rule_name":"release/\\{1\\}""#) == true, "\(new)")
        let unseen = cure { $0.laws[0].branch.rules = nil }
        #expect(unseen.last?.contains("/branch_protections/release%2F%5C%7B1%5C%7D") == true, "\(unseen)")
        let shared = cure {
            $0.laws[0].branch.rules = .success([
                ProtectionRule(
                    name: "release/*", isStatusCheckEnabled: false, contexts: [], settings: ["enable_push": false])
            ])
        }
        #expect(shared.first == "the rule `release/*` is for other branches, too:", "\(shared)")
    }

    /// Patterns of other files take nothing from what is read there.
    @Test func otherFiles() {
        let found = Healthy.found(rule(["enable_push": false, "unprotected_file_patterns": "docs/**"]))
        #expect(found.isEmpty, "\(found)")
    }

    @Test func notKnown() {
        let spoils: [(inout Examination) -> Void] = [
            { $0.laws[0].branch.branch = .failure(Healthy.error(.timeout)) },
            { $0.laws[0].branch.branch = .success(nil) },
            {
                $0.laws[0].branch.rights = .failure(Healthy.error(.timeout)); $0.laws[0].branch.branch = nil
            },
            { $0.laws[0].branch.rules = nil },
            { $0.laws[0].branch.rules = .failure(Healthy.error(.timeout)) },
            { $0.unseenLaws = 3 }, rule([:]),
        ]
        for (index, spoil) in spoils.enumerated() {
            var examination = Healthy.examination
            spoil(&examination)
            let outcome = LawIsProtected.examine(examination)
            #expect(outcome.notMade.count == 1 && outcome.findings.isEmpty, "\(index): \(outcome)")
        }
    }
}
