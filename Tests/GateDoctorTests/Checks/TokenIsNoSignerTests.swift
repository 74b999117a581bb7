import GateForge
import GatePolicy
import GateService
import Testing

@testable import GateDoctor

@Suite struct TokenIsNoSignerTests {
    @Test func signer() {
        let finding = Healthy.only("token.signer", .warning) {
            $0.organizations[0].members[2] = [.directory: .success([Healthy.bob, Healthy.gate])]
        }
        #expect(finding?.subject == "acme/qa")
        #expect(finding?.cure.steps.count == 1)
    }

    /// Whoever reads teams by being in them needs another token first.
    @Test func signerThatReads() {
        let found = Healthy.found {
            $0.credentials[1].origin = .missing
            $0.organizations[0].teams[.service] = $0.organizations[0].teams[.directory]
            $0.organizations[0].members = $0.organizations[0].members.mapValues {
                [.service: $0[.directory] ?? .success([])]
            }
            $0.organizations[0].members[2] = [.service: .success([Healthy.bob, Healthy.gate])]
        }
        let lines = found["token.signer"]?.first?.cure.lines(address: "") ?? []
        #expect(lines.first { $0.hasPrefix("$") }?.contains("/users/OWNER/tokens") == true, "\(lines)")
        #expect(lines.last?.contains("-X DELETE") == true, "\(lines)")
    }

    /// `require: @gate`, and by way of a group; what is taken away from a set signs nothing.
    @Test(arguments: [("@gate", 1), ("security or @GATE", 1), ("people", 1), ("people2", 0)])
    func named(people: String, count: Int) {
        let text = """
            version: 1
            groups: { people: "@alice | @gate", people2: "security - @gate" }
            gates:
              a: { require: "\(people)" }
            """
        let found = Healthy.found { $0.repositories[0].policy = Healthy.policyAnswer(text) }
        #expect((found["token.signer"]?.count ?? 0) == count, "\(found)")
    }

    /// The token of the other account goes where the settings look for it.
    @Test func anotherAccount() {
        let found = Healthy.found {
            $0.repositories[0].policy = Healthy.policyAnswer("version: 1\ngates:\n  a: { require: \"@gate\" }\n")
            $0.credentials[0].origin = .set("forge.token_file", path: "/etc/countersign/forge-token")
        }
        let lines = found["token.signer"]?.first?.cure.lines(address: "") ?? []
        let command = "$ countersign provision acme --folder '/etc/countersign' --administrator ADMIN --yes"
        #expect(lines.contains(command), "\(lines)")
    }
}
