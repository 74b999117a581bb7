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

    /// Somebody who opens pull requests, or reviews them, is a person; a policy that was offered is nobody's work.
    @Test func aPersonsAccount() {
        let opened = Healthy.only("token.signer", .warning) {
            $0.repositories[0].pulls = .success([Healthy.pull(3, by: Healthy.alice), Healthy.pull(2, by: Healthy.gate)])
        }
        #expect(opened?.answer == "`gate`, who posts the statuses, opened `acme/widget#2`")
        func review(_ author: Account, _ state: Review.State) -> [String: Result<[Review], ForgeError>] {
            ["acme/widget#3": .success([Review(id: 1, author: author, state: state, commit: Healthy.commit)])]
        }
        let approved = Healthy.only("token.signer", .warning) { $0.reviews = review(Healthy.gate, .approved) }
        #expect(approved?.answer == "`gate`, who posts the statuses, reviewed `acme/widget#3`")
        #expect(Healthy.found { $0.reviews = review(Healthy.bob, .approved) }.isEmpty)
        #expect(Healthy.found { $0.reviews = review(Healthy.gate, .comment) }.isEmpty)
        let offered = Healthy.found {
            var pull = Healthy.pull(4, by: Healthy.gate)
            pull.pullRequest.headBranch = StarterPolicy.branch
            $0.repositories[0].pulls = .success([pull])
        }
        #expect(offered["token.signer"] == nil)
    }

    @Test func reviewsThatAreNotShown() throws {
        var examination = Healthy.examination
        examination.reviews = ["acme/widget#3": .failure(Healthy.error(.serverError(status: 500, message: "")))]
        let entry = try #require(Diagnosis(examination).entries.first { $0.check.id == "token.signer" })
        #expect(entry.severity == .unverifiable)
    }

    /// It may write the code, as `writers` may, and yet does not count: that is told, and no finding.
    @Test func whoMayWrite() throws {
        let entry = try #require(Diagnosis(Healthy.examination).entries.first { $0.check.id == "token.signer" })
        #expect(
            entry.outcome.told
                == ["approvals of `gate` count for no gate, also not where `writers` are asked for"])
        #expect(entry.severity == .sound)
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
