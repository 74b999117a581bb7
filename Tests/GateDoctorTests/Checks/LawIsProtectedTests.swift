import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct LawIsProtectedTests {
    private func rule(_ settings: [String: JSONValue]) -> (inout Examination) -> Void {
        { examination in
            examination.laws[0].branch.rules = .success([
                ProtectionRule(name: "main", isStatusCheckEnabled: false, contexts: [], settings: settings)
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
