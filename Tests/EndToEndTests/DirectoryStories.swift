import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// What the directory token can and cannot see.
@Suite struct DirectoryStories {
    /// Alice's pull request with the approvals of bob and carol.
    private func signed(_ story: Story) async throws -> Int {
        let number = try await story.pull()
        try await story.approve(number, as: story.bob)
        try await story.approve(number, as: story.carol)
        return number
    }

    private func directory(_ story: Story, of person: Story.Person) async throws -> String {
        try await story.forge.token(person, named: "directory", scopes: StoryForge.directoryScopes)
    }

    @Test func tokenOfSomebodyOutside() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let token = try await directory(story, of: story.erin)
            try expectTold(
                await story.check(number, directory: token, environment: Story.alone), .undecided, "error",
                "directory-outside")
        }
    }

    /// A visible organisation lists its teams to nobody from outside either.
    @Test func tokenOfSomebodyOutsideAPublicOrganization() async throws {
        try await Story.tell(isPrivate: false) { story in
            let number = try await signed(story)
            let token = try await directory(story, of: story.erin)
            try expectTold(
                await story.check(number, directory: token, environment: Story.alone), .undecided, "error",
                "directory-outside-public")
        }
    }

    @Test func tokenOfAMemberOfAnotherTeam() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let token = try await directory(story, of: story.dave)
            try expectTold(
                await story.check(number, directory: token, environment: Story.alone), .undecided, "error",
                "directory-another-team")
        }
    }

    /// The token's owner is in qa and not in security: one gate is decided, the other is not.
    @Test func oneTeamProvable() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let token = try await directory(story, of: story.bob)
            try expectTold(
                await story.check(number, directory: token, environment: Story.alone), .undecided, "error",
                "directory-one-team-provable")
        }
    }

    /// Nobody has signed yet: it waits whoever is in the teams, and the text does not guess names.
    @Test func nobodySignedAndNothingProvable() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            let token = try await directory(story, of: story.dave)
            try expectTold(
                await story.check(number, directory: token, environment: Story.alone), .held, "pending",
                "directory-nobody-signed")
        }
    }

    /// Of two who signed one is proven by a name in the policy: that is enough.
    @Test func oneSignerProvableAndOneNot() async throws {
        let policy = """
            version: 1
            groups:
              reviewers: "@bob | security"
            gates:
              review: { require: reviewers }
              double: { require: 2 of reviewers }
            """
        try await Story.tell(policy: policy) { story in
            let number = try await signed(story)
            let token = try await directory(story, of: story.dave)
            try expectTold(
                await story.check(number, directory: token, environment: Story.alone), .undecided, "error",
                "directory-one-signer-provable")
        }
    }

    @Test func tokenWithoutTheScope() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let token = try await story.forge.token(story.keeper, named: "blind", scopes: ["read:repository"])
            try expectTold(
                await story.check(number, directory: token, environment: Story.alone), .undecided, "error",
                "directory-without-scope")
        }
    }

    @Test func deletedToken() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            try await story.forge.deleteToken(story.keeper, named: "directory")
            try expectTold(
                await story.check(number, environment: Story.alone), .undecided, "error", "directory-deleted-token")
        }
    }

    /// Without a directory token the service account is asked, which is in neither team.
    @Test func noDirectoryToken() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let token = try await story.forge.token(story.gate, named: "wide", scopes: StoryForge.serviceScopes)
            try expectTold(
                await story.check(number, directory: "", token: token, environment: Story.alone), .undecided, "error",
                "no-directory-token")
        }
    }

    @Test(.simulatorOnly) func slowTeam() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            story.simulator?.faults.add(Fault(path: "/teams/*", kind: .hang))
            let checked = try await story.check(
                number, environment: Story.alone.merging(["COUNTERSIGN_FORGE_DEADLINE": "4"]) { $1 })
            try expectTold(checked, .undecided, "error", "directory-slow")
        }
    }

    @Test func teamThatDoesNotExist() async throws {
        let policy = Story.policy.replacing("require: qa", with: "require: qu")
        try await Story.tell(policy: policy) { story in
            let number = try await signed(story)
            try expectTold(await story.check(number), .invalidPolicy, "error", "team-that-does-not-exist")
        }
    }

    @Test func policyWithThreeMistakes() async throws {
        let policy = """
            version: 1
            gates:
              qa-review:
                when: chnages("src/**")
                require: 0 of qa
              security-review:
                requires: security
            """
        try await Story.tell(policy: policy) { story in
            let number = try await signed(story)
            try expectTold(await story.check(number), .invalidPolicy, "error", "policy-with-three-mistakes")
        }
    }
}
