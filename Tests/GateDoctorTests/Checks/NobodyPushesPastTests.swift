import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct NobodyPushesPastTests {
    private func rule(_ settings: [String: JSONValue]) -> (inout Examination) -> Void {
        { examination in
            examination.repositories[0].rules = .success([
                ProtectionRule(
                    name: "m*", isStatusCheckEnabled: true, contexts: ["countersign: main"], bindsAdministrators: true,
                    settings: settings)
            ])
        }
    }

    private func command(_ finding: Finding?) -> String? {
        finding?.cure.lines(address: "https://git.example.org").last
    }

    /// A rule of the branch's own, copied from one for several, is without everybody's push and with a named robot's.
    @Test(arguments: [true, false]) func copied(isNamed: Bool) throws {
        let named: [String: JSONValue] = [
            "enable_push": true, "enable_push_whitelist": true, "push_whitelist_usernames": ["robot"],
        ]
        let found = Healthy.found { examination in
            examination.repositories[0].branch = .success(Healthy.branch(["ci"]))
            examination.repositories[0].statuses = .success([Healthy.row("ci"), Healthy.row("countersign: main")])
            examination.repositories[0].rules = .success([
                ProtectionRule(
                    name: "m*", isStatusCheckEnabled: true, contexts: ["ci"], bindsAdministrators: true,
                    settings: isNamed ? named : ["enable_push": true])
            ])
        }
        let call = try #require(command(found["protection.not-required"]?.first))
        #expect(call.contains("-X POST "))
        #expect(call.contains(#""enable_push":false"#) == !isNamed, "\(call)")
        #expect(call.contains(#""push_whitelist_usernames":["robot"]"#) == isNamed, "\(call)")
    }

    @Test func everybody() {
        // A list that is not in force names nobody.
        let settings: [String: JSONValue] = ["enable_push": true, "push_whitelist_usernames": ["dave"]]
        let finding = Healthy.only("protection.push", .blocking, rule(settings))
        #expect(finding?.answer == "`enable_push` is on for everybody who may write the code")
        #expect(
            command(finding)
                == "$ curl -fsS -u OWNER -X PATCH 'https://git.example.org/api/v1/repos/acme/widget/branch_protections/m%2A' "
                + #"-H 'Content-Type: application/json' -d '{"enable_push":false}'"#)
    }

    @Test(
        arguments: [
            (["push_whitelist_usernames": ["dave", "Gate"]], "`dave`, `Gate`"),
            (["push_whitelist_teams": ["release"]], "the team `release`"),
            (["push_whitelist_deploy_keys": true], "deploy keys"),
            // By force a deploy key needs no place in the list.
            (["enable_force_push": true], "deploy keys"),
            (
                [
                    "enable_force_push": true, "enable_force_push_allowlist": true,
                    "force_push_allowlist_deploy_keys": true,
                ],
                "deploy keys"
            ),
        ] as [([String: JSONValue], String)])
    func some(named: [String: JSONValue], told: String) {
        let settings = named.merging(["enable_push": true, "enable_push_whitelist": true]) { $1 }
        let finding = Healthy.only("protection.push", .warning, rule(settings))
        #expect(finding?.answer == "`enable_push` is on for \(told)")
        #expect(finding?.meaning.hasSuffix("`gate` posts statuses without that") == told.contains("Gate"))
    }

    @Test(
        arguments: [
            ["enable_push": false], ["enable_push": false, "push_whitelist_usernames": ["dave"]],
            ["enable_push": true, "enable_push_whitelist": true, "push_whitelist_usernames": []],
            [
                "enable_push": true, "enable_push_whitelist": true, "enable_force_push": true,
                "enable_force_push_allowlist": true, "force_push_allowlist_usernames": ["dave"],
            ],
            ["enable_push": false, "enable_force_push": true],
            ["enable_push": false, "unprotected_file_patterns": " ; "],
        ] as [[String: JSONValue]])
    func nobody(settings: [String: JSONValue]) {
        let found = Healthy.found(rule(settings))
        #expect(found.isEmpty, "\(found)")
    }

    /// The forge's `*` ends at dots, too.
    @Test(
        arguments: [
            ("docs/**;*.md", Severity.warning), ("*", .warning), ("*.yml", .warning), ("**", .blocking),
            ("docs/** ; .CounterSign.yml", .blocking),
        ])
    func files(patterns: String, severity: Severity) {
        let settings: [String: JSONValue] = ["enable_push": false, "unprotected_file_patterns": .text(patterns)]
        let finding = Healthy.only("protection.push", severity, rule(settings))
        #expect(command(finding)?.hasSuffix(#"'{"unprotected_file_patterns":""}'"#) == true)
    }

    /// Gates that ask for code owners are read from their file, too.
    @Test(arguments: [("codeowners", Severity.blocking), ("qa or security", .warning)])
    func codeOwners(require: String, severity: Severity) {
        let settings: [String: JSONValue] = ["enable_push": false, "unprotected_file_patterns": "CODEOWNERS"]
        let finding = Healthy.only("protection.push", severity) {
            rule(settings)(&$0)
            $0.repositories[0].policy = Healthy.policyAnswer(
                "version: 1\ngates:\n  a: { require: qa or security }\n  b: { require: \(require) }\n")
        }
        #expect(finding?.meaning.hasSuffix("read from such a one, `CODEOWNERS`") == (severity == .blocking))
    }

    /// One rule for several branches is judged by all of their policies.
    @Test func sharedRule() {
        let settings: [String: JSONValue] = ["enable_push": false, "unprotected_file_patterns": ".forgejo/*.yml"]
        let shared = ProtectionRule(
            name: "*", isStatusCheckEnabled: true, contexts: ["countersign: *"], bindsAdministrators: true,
            settings: settings)
        var examination = Healthy.examination
        examination.repositories[0].rules = .success([shared])
        var other = examination.repositories[0]
        var branch = Healthy.branch(["countersign: release"])
        branch.name = "release"
        other.branch = .success(branch)
        #expect(NobodyPushesPast.examine(examination).findings.map(\.severity) == [.warning])
        let (read, _) = PolicyReader.read(Healthy.policy, file: ".forgejo/countersign.yml", digest: "")
        other.policy = read.map { .policy($0) }
        examination.repositories[0].others = [other]
        #expect(NobodyPushesPast.examine(examination).findings.map(\.severity) == [.blocking])
    }

    /// Both ways are told, each with what closes it.
    @Test func bothWays() {
        let found = Healthy.found(rule(["enable_push": true, "unprotected_file_patterns": "docs/**"]))
        #expect(found["protection.push"]?.map(\.severity) == [.blocking, .warning], "\(found)")
    }

    /// Without an administrator's eyes, and where a server tells less, it is not sound.
    @Test func unseen() {
        var examination = Healthy.examination
        for rules in [nil, .failure(Healthy.error(.timeout)), .success([])] as [Result<[ProtectionRule], ForgeError>?] {
            examination.repositories[0].rules = rules
            let outcome = NobodyPushesPast.examine(examination)
            #expect(outcome.examined == 0 && outcome.notMade.count == 1, "\(outcome)")
        }
        rule([:])(&examination)
        #expect(
            NobodyPushesPast.examine(examination).notMade == [
                "acme/widget: whether people may push to `m*` is not told"
            ])
    }
}
