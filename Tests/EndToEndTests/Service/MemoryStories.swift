import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// What was once seen stays seen.
@Suite(.simulatorOnly) struct MemoryStories {
    @Test func aRevokeStandsAfterItsCommentIsGone() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.carol)
            let comments = "/repos/\(story.repository)/issues/\(number)/comments"
            try await story.forge.must(
                .POST, comments, as: story.carol, ["body": "/waive qa-review nobody is there today"])
            try await story.forge.tick()
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            let revoke = try await story.forge.must(
                .POST, comments, as: story.carol, ["body": "/revoke qa-review"])
            try await story.forge.tick()
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            let id = try #require(revoke["id"]?.int)
            try await story.forge.must(
                .DELETE, "/repos/\(story.repository)/issues/comments/\(id)", as: story.keeper)
            try await service.settle()
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"), "the waiver must not come back")
        }
    }

    @Test func commandsAreAnsweredByReactions() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let comments = "/repos/\(story.repository)/issues/\(number)/comments"
            for (person, body) in [
                (story.carol, "/waive qa-review it is only a test"), (story.dave, "/waive qa-review me too"),
                (story.bob, "/waive nothing-of-that-name because"),
            ] {
                try await story.forge.must(.POST, comments, as: person, ["body": .string(body)])
                try await story.forge.tick()
            }
            let log = try #require(story.simulator).requests
            log.reset()
            try await service.settle()
            #expect(log.all.count { $0.method == "POST" && $0.path.hasSuffix("/reactions") } == 3)
            // Each is answered once.
            log.reset()
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(!log.all.contains { $0.path.hasSuffix("/reactions") })
        }
    }

    @Test func anAnswerThatWasAcknowledgedAndEditedIsTold() async throws {
        let policy = """
            version: 1
            gates:
              sop:
                checklist:
                  - { item: testing, ask: Testing performed, by: qa }

            """
        try await Service.tell(policy: policy) { story, service in
            let number = try await story.pull()
            func describe(_ text: String) async throws {
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice,
                    ["body": .string("Testing performed: \(text)")])
                try await story.forge.tick()
                // An edit by API sends nothing.
                try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            }
            try await describe("all of it, by hand")
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: story.bob,
                ["body": "/ack testing"])
            try await story.forge.tick()
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            try await describe("none of it")
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            guard case .verdict(let verdict) = try await service.record(number).decision?.result else {
                Issue.record("no verdict")
                return
            }
            #expect(verdict.gates[0].items[0].acknowledgements.map(\.fate) == [.answerChanged])
            // What was acknowledged stands there again: so does the acknowledgement.
            try await describe("all of it, by hand")
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    /// Somebody registers a login that was freed: the policy never meant that account.
    @Test func aLoginTakenOverDoesNotCount() async throws {
        let policy = "version: 1\ngates: { chief: { require: '@bob' } }\n"
        try await Service.tell(policy: policy) { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await story.approve(number, as: story.bob)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            try await story.forge.must(.DELETE, "/admin/users/\(story.bob.login)?purge=true", as: nil)
            let other = try await story.forge.person("bob")
            #expect(other.id != story.bob.id)
            let second = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            let team = try await story.forge.team(
                "newcomers", of: "acme", owner: story.keeper, [other])
            #expect(team > 0)
            try await story.approve(second, as: other)
            story.clock.advance(by: 120)
            try await service.settle()
            let shown = try await service.summary(second)
            #expect(shown.hasPrefix("error: ") && shown.contains("belonged to id"), "\(shown)")
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(!(try await service.summary(number).hasPrefix("success")))

            let repository = try await service.record(second).repository
            #expect(try await service.store.confirm(name: "@bob", of: repository))
            try await service.gate.refire(#require(RepositoryName(story.repository)), .repository)
            try await service.settle()
            #expect(try await service.summary(second).hasPrefix("success"), "an administrator said so")
        }
    }

    /// A team that was there is nobody when it is gone, and the policy stays valid: who else may sign still may, who
    /// objected is not let off, and a pull request that takes the name out is an administrator's to sign.
    @Test(arguments: [true, false]) func aTeamThatIsGoneIsNobody(_ isRenamed: Bool) async throws {
        let policy = """
            version: 1
            block: qa
            gates:
              either: { require: qa or security, block: none }
              narrow: { when: 'changes("docs/**", ".countersign.yml")', require: qa, block: none }

            """
        try await Service.tell(policy: policy) { story, service in
            let green = try await story.pull()
            try await story.approve(green, as: story.carol)
            let blocked = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            try await story.approve(blocked, as: story.carol)
            try await story.forge.review("REQUEST_CHANGES", blocked, of: story.repository, as: story.bob)
            let narrow = try await story.pull("Say it", file: "docs/one.md", branch: "feature/docs")
            try await story.approve(narrow, as: story.bob)
            try await story.approve(narrow, as: story.carol)
            try await service.settle()
            for number in [green, narrow] { #expect(try await service.summary(number).hasPrefix("success")) }
            #expect(try await service.summary(blocked).hasPrefix("failure"))

            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper)
            let team = try #require(teams.array?.first { $0["name"]?.string == "qa" }?["id"]?.int)
            if isRenamed {
                try await story.forge.must(.PATCH, "/teams/\(team)", as: story.keeper, ["name": "quality"])
            } else {
                try await story.forge.must(.DELETE, "/teams/\(team)", as: story.keeper)
            }
            func lookAgain() async throws {
                story.clock.advance(by: 120)
                try await service.gate.refire(#require(RepositoryName(story.repository)), .repository)
                try await service.settle()
            }
            try await lookAgain()
            #expect(try await service.summary(green).hasPrefix("success"))
            let record = try #require(try await service.record(green).decision)
            #expect(
                record.warnings.map(\.message) == ["the team `qa` of `acme` is gone, so nobody is in it"])
            let held = try await service.summary(blocked)
            #expect(held.hasPrefix("error") && held.contains("team `qa`"), "\(held)")
            #expect(try await service.summary(narrow).hasPrefix("pending"), "who was in it signs no more")

            try await story.forge.commit(
                [.update(".countersign.yml", policy.replacing("qa", with: "engineers"))], to: story.repository,
                branch: "main", newBranch: "feature/law", as: story.alice)
            let mending = try await story.forge.pull(
                "Mend it", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            try await service.settle()
            try await story.approve(mending, as: story.keeper)
            try await service.settle()
            let waiting = try await service.summary(mending)
            #expect(waiting.hasPrefix("pending: waiting"), "what can be met is asked all the same: \(waiting)")
            try await story.approve(mending, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(mending).hasPrefix("success: repair of the policy: "))
            let shown = try await service.statuses(mending)
            #expect(shown["countersign/either: main"]?.0 == "success")
            #expect(shown["countersign/narrow: main"]?.1 == "set aside: this mends the policy")

            // A word that never was a team is a mistake, whatever is remembered.
            try await story.forge.commit(
                [
                    .update(
                        ".countersign.yml",
                        policy.replacing("qa", with: "engineers").replacing("security", with: "secuity"))
                ], to: story.repository, branch: "main", as: story.keeper)
            try await lookAgain()
            let broken = try await service.summary(green)
            #expect(broken.hasPrefix("error: the policy is not valid"), "\(broken)")
        }
    }

    /// The other pull request of a head is looked at with what was once seen of it, too.
    @Test func aForgottenRevokeOfASiblingStillHolds() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.carol)
            let comments = "/repos/\(story.repository)/issues/\(number)/comments"
            try await story.forge.must(
                .POST, comments, as: story.carol, ["body": "/waive qa-review nobody is there today"])
            try await story.forge.tick()
            try await service.settle()
            let revoke = try await story.forge.must(.POST, comments, as: story.carol, ["body": "/revoke qa-review"])
            try await story.forge.tick()
            try await service.settle()
            let id = try #require(revoke["id"]?.int)
            try await story.forge.must(
                .DELETE, "/repos/\(story.repository)/issues/comments/\(id)", as: story.keeper)
            try await story.forge.branch("feature/again", from: "feature/one", of: story.repository, as: story.dave)
            let second = try await story.forge.pull(
                "The same again", from: "feature/again", of: story.repository, as: story.dave)
            try await story.approve(second, as: story.bob)
            try await story.approve(second, as: story.carol)
            try await service.settle()
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(second)))
            try await service.settle()
            let shown = try await service.summary(second)
            #expect(shown.hasPrefix("pending: "), "\(shown)")
        }
    }
}
