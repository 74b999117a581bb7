import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Repositories without a policy, renamed, archived, of a user; pull requests that are closed or drafts.
@Suite struct RepositoryStories {
    private func signed(_ story: Story, _ title: String = "Add one") async throws -> Int {
        let number = try await story.pull(title)
        try await story.approve(number, as: story.bob)
        try await story.approve(number, as: story.carol)
        return number
    }

    @Test func unmanaged() async throws {
        try await Story.tell(policy: nil) { story in
            let number = try await story.pull()
            try expectTold(await story.check(number), .passed, nil, "unmanaged")
            try expectTold(
                await story.check(number, ["--require-policy"]), .invalidPolicy, nil, "unmanaged-required")
        }
    }

    /// A member is not shown every repository of the organisation: its default policy may be in one of those.
    @Test func unmanagedAsFarAsAMemberIsShown() async throws {
        try await Story.tell(policy: nil) { story in
            let number = try await story.pull()
            let token = try await story.forge.token(
                story.dave, named: "directory", scopes: StoryForge.directoryScopes)
            try expectTold(
                await story.check(number, directory: token), .undecided, "error", "unmanaged-not-proven")
        }
    }

    @Test func organizationsPolicy() async throws {
        try await Story.tell(policy: nil) { story in
            try await story.forge.repository(".countersign", of: "acme", as: story.keeper)
            try await story.forge.commit(
                [.create("countersign.yml", Story.policy)], to: story.forge.name("acme") + "/.countersign",
                branch: "main", as: story.keeper)
            let number = try await signed(story)
            try expectTold(await story.check(number), .passed, "success", "organizations-policy")
        }
    }

    /// The service account cannot see the repository: that is not "no policy".
    @Test func invisibleRepository() async throws {
        try await Story.tell(policy: nil) { story in
            let number = try await story.pull()
            let token = try await story.forge.token(
                story.erin, named: "outside", scopes: StoryForge.serviceScopes)
            try expectTold(await story.check(number, token: token), .undecided, nil, "invisible-repository")
        }
    }

    @Test func renamed() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            let new = story.forge.name("acme") + "/gadget"
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)", as: story.keeper, ["name": "gadget"])
            let checked = try await story.run(["check", "\(story.repository)#\(number)"], head: (number, new))
            try expectTold(checked, .passed, "success", "renamed")
        }
    }

    @Test func archived() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)", as: story.keeper, ["archived": true])
            try expectTold(await story.check(number), .passed, nil, "archived")
        }
    }

    @Test func draft() async throws {
        try await Story.tell { story in
            let number = try await signed(story, "WIP: Add one")
            try expectTold(await story.check(number), .held, "pending", "draft")
        }
    }

    @Test func closed() async throws {
        try await Story.tell { story in
            let number = try await signed(story)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice, ["state": "closed"])
            try expectTold(await story.check(number), .passed, nil, "closed")
        }
    }

    private func usersOwn(_ story: Story, _ policy: String) async throws -> (Int, String) {
        let repository = "\(story.alice.login)/solo"
        let owner = story.forge.with(
            story.alice,
            token: try await story.forge.token(
                story.alice, named: "owner", scopes: ["write:repository", "write:user", "write:issue"]))
        try await story.forge.must(
            .POST, "/user/repos", as: owner, ["name": "solo", "auto_init": true, "default_branch": "main"])
        for person in [story.gate, story.dave] {
            try await story.forge.must(
                .PUT, "/repos/\(repository)/collaborators/\(person.login)", as: owner, ["permission": "write"])
        }
        try await story.forge.commit(
            [.create(".countersign.yml", policy)], to: repository, branch: "main", as: owner)
        try await story.forge.commit(
            [.create("src/one.swift", "one\n")], to: repository, branch: "main", newBranch: "feature/one",
            as: story.dave)
        let number = try await story.forge.pull("Add one", from: "feature/one", of: repository, as: story.dave)
        try await story.forge.review("APPROVED", number, of: repository, as: owner)
        return (number, repository)
    }

    @Test func usersRepository() async throws {
        try await Story.tell { story in
            let policy = """
                version: 1
                groups:
                  friends: '@\(story.alice.login) | @\(story.bob.login)'
                gates:
                  review: { require: friends }
                """
            let (number, repository) = try await usersOwn(story, policy)
            try expectTold(
                await story.check(number, of: repository), .passed, "success", "users-repository")
        }
    }

    /// A bare name can only be a group there.
    @Test func usersRepositoryWithATeam() async throws {
        try await Story.tell { story in
            let (number, repository) = try await usersOwn(
                story, "version: 1\ngates:\n  review: { require: friends }\n")
            try expectTold(
                await story.check(number, of: repository), .invalidPolicy, "error", "users-repository-with-a-team")
        }
    }
}
