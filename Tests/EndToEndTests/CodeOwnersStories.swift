import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Whom CODEOWNERS of the default branch asks for.
@Suite struct CodeOwnersStories {
    private static let policy = """
        version: 1
        gates:
          owners: { require: owners_of_each_file }

        """

    /// A story with a CODEOWNERS file; `ORG`, `BOB` … stand for the names of the story.
    private static func tell(
        _ owners: String, at path: String = "CODEOWNERS", policy: String = policy,
        _ body: (Story) async throws -> Void
    ) async throws {
        try await Story.tell(policy: policy) { story in
            try await story.push(path, story.named(owners), to: "main", as: story.keeper)
            try await body(story)
        }
    }

    @Test func anOwnerOfEachRule() async throws {
        try await Self.tell("src/.* @ORG/qa @ERIN\n.*\\\\.swift @CAROL # all of Swift\nlib/.* @DAVE\n") { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try expectTold(await story.check(number), .held, "pending", "owners-one-of-two")
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .passed, "success", "owners-of-each")
        }
    }

    @Test func theFileOfTheForgesFolder() async throws {
        try await Self.tell("!docs/.* @ORG/security\n", at: ".gitea/CODEOWNERS") { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try expectTold(await story.check(number), .held, "pending", "owners-negated")
            let docs = try await story.pull("Explain", file: "docs/one.md", branch: "feature/docs")
            let checked = try await story.check(docs)
            #expect(checked.summary == "success", "\(checked.told)")
        }
    }

    /// The pull request makes its opener's friend the owner of everything: the default branch's file counts.
    @Test func theFileOfThePullRequestIsNotAsked() async throws {
        try await Self.tell("src/.* @BOB\nCODEOWNERS @CAROL\n") { story in
            let number = try await story.pull()
            try await story.change("CODEOWNERS", story.named(".* @DAVE\n"), on: "feature/one", as: story.alice)
            try await story.approve(number, as: story.dave)
            try expectTold(await story.check(number), .held, "pending", "owners-own-file")
        }
    }

    @Test func bothNamesOfARename() async throws {
        try await Self.tell("old/.* @BOB\nnew/.* @CAROL\n") { story in
            let text = (0..<20).map { "line \($0)\n" }.joined()
            try await story.push("old/a.txt", text, to: "main", as: story.keeper)
            try await story.forge.commit(
                [.delete("old/a.txt"), .create("new/a.txt", text)], to: story.repository, branch: "main",
                newBranch: "feature/one", as: story.alice)
            let number = try await story.forge.pull(
                "Move it", from: "feature/one", of: story.repository, as: story.alice)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .held, "pending", "owners-rename")
            try await story.approve(number, as: story.bob)
            let checked = try await story.check(number)
            #expect(checked.summary == "success", "\(checked.told)")
        }
    }

    @Test func thereIsNoFile() async throws {
        try await Story.tell(policy: Self.policy) { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try expectTold(await story.check(number), .held, "pending", "owners-no-file")
        }
    }

    /// What the forge drops in silence holds here, and only for the files it could own.
    @Test func linesThatTheForgeDrops() async throws {
        try await Self.tell("src/.* @vanished-long-ago\ndocs/.* someone@example.com\n(?!web/).* @DAVE\n") { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try expectTold(await story.check(number), .undecided, "error", "owners-dropped-lines")
        }
    }

    /// The token may not see the team: an approval of its member is neither counted nor refused.
    @Test func aTeamThatTheTokenMayNotSee() async throws {
        try await Self.tell("src/.* @ORG/qa\n") { story in
            let number = try await story.pull()
            let waiting = try await story.check(number, directory: "", environment: Story.alone)
            #expect(waiting.summary == "pending", "\(waiting.told)")
            try await story.approve(number, as: story.bob)
            try expectTold(
                await story.check(number, directory: "", environment: Story.alone), .undecided, "error", "owners-blind")
        }
    }

    @Test func theSetOfOwners() async throws {
        let policy = "version: 1\ngates:\n  owners: { require: 2 of codeowners }\n"
        try await Self.tell(".* @BOB\nsrc/.* @CAROL\nlib/.* @DAVE\n", policy: policy) { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.dave)
            try expectTold(await story.check(number), .held, "pending", "owners-set")
        }
    }
}

extension Story {
    /// A text in which `ORG`, `BOB` … are replaced by the names on the forge.
    func named(_ text: String) -> String {
        var text = text.replacing("@ORG/", with: "@\(forge.name("acme"))/")
        for person in [bob, carol, dave, erin] {
            text = text.replacing("@\(person.name.uppercased())", with: "@\(person.login)")
        }
        return text
    }
}
