import CountersignCLI
import GiteaSimulator
import Testing

/// Commits that are signed, or only say so.
@Suite struct SignatureStories {
    private static let policy = """
        version: 1
        gates:
          signatures: { require: signed_by(engineers) }

        """

    /// Everybody may write any name into a commit; only a key that the forge knows signs it.
    @Test(.simulatorOnly) func everyCommitBySomebodyOfThem() async throws {
        try await Story.tell(policy: Self.policy) { story in
            let number = try await story.pull()
            let world = try #require(story.simulator?.world)
            try expectTold(await story.check(number), .held, "pending", "signatures-none")
            world.sign(try await story.forge.head(of: number, story.repository), as: story.alice.login)
            let signed = try await story.check(number)
            #expect(signed.summary == "success", "\(signed.told)")
            // One more commit, by somebody else.
            try await story.push("src/two.swift", as: story.dave)
            let unsigned = try await story.check(number)
            #expect(unsigned.summary == "pending", "\(unsigned.told)")
            world.sign(try await story.forge.head(of: number, story.repository), as: story.bob.login)
            try expectTold(await story.check(number), .held, "pending", "signatures-of-another")
        }
    }

    /// The server's own key signs what anybody makes on its pages: that is nobody's word.
    @Test(.simulatorOnly) func theServersOwnKey() async throws {
        let policy = """
            version: 1
            gates:
              signed: { require: signed }
              by-people: { require: signed_by(org_members) }
              by-key: { require: 'signed_with("3AA5C34371567BD2")' }

            """
        try await Story.tell(policy: policy) { story in
            let number = try await story.pull()
            let world = try #require(story.simulator?.world)
            let head = try await story.forge.head(of: number, story.repository)
            world.sign(head, as: "Gitea", key: "4AEE18F83AFDEB23")
            try expectTold(await story.check(number), .held, "pending", "signatures-of-the-server")
        }
    }
}
