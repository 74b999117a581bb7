import GiteaSimulator
import Testing

@testable import CountersignCLI

/// `countersign validate --online`: names and people are looked up.
@Suite struct ValidateStories {
    private func validated(
        _ story: Story, _ policy: String, _ exit: CountersignCLI.ExitStatus, _ golden: String, directory: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let told = try await story.run(
            ["validate", "--online", story.repository, "p.yml"], directory: directory, files: ["p.yml": policy])
        #expect(told.exitStatus == exit.rawValue, "\(told.told)", sourceLocation: sourceLocation)
        try expectTold(told.told, "questions/\(golden).txt", sourceLocation: sourceLocation)
    }

    @Test func sound() async throws {
        try await Story.tell { story in
            let policy = "version: 1\nblock: none\ngates:\n  two: { require: 1 of (qa | security) }\n"
            try await validated(story, policy, .passed, "validate-online")
        }
    }

    @Test func namesAndPeople() async throws {
        try await Story.tell { story in
            _ = try await story.forge.team("empty", of: "acme", owner: story.keeper, [])
            let policy = """
                version: 1
                block: none
                gates:
                  nobody: { require: empty }
                  many: { require: 3 of engineers }
                  lone: { require: qa }
                  conditional: { when: 'changes("src/**")', require: 2 of (qa | security) }

                """
            try await validated(story, policy, .passed, "validate-online-nobody")
            let misspelt =
                "version: 1\nblock: none\ngates:\n  review: { require: secrity }\n  many: { require: 3 of engineers }\n"
            try await validated(story, misspelt, .invalidPolicy, "validate-online-misspelt")
        }
    }

    @Test func accountsThatAreNotThere() async throws {
        try await Story.tell { story in
            let policy = """
                version: 1
                groups: { helpers: "@crol | @crol" }
                block: "@nosuchblocker"
                gates:
                  first: { when: 'not author(@ghosty)', require: qa | helpers, waive: { by: "@nosuchwaiver" } }
                  second: { require: security - @renamed or status("ci" from @nosuchbot) }

                """
            try await validated(story, policy, .passed, "validate-online-accounts")
        }
    }

    /// A file with mistakes of its own is not looked up, and says so.
    @Test func mistakesComeFirst() async throws {
        try await Story.tell { story in
            let policy = "version: 1\ngates:\n  review: { require: secrity, until: soon }\n"
            let told = try await story.run(
                ["validate", "--online", story.repository, "p.yml"], files: ["p.yml": policy])
            #expect(told.exitStatus == 3, "\(told.told)")
            #expect(told.told.contains("p.yml: note: what it names is looked up once it has no mistakes"))
        }
    }

    @Test func groupsThatHideTeams() async throws {
        try await Story.tell { story in
            let policy = """
                version: 1
                block: none
                groups: { qa: "@bob", testers: qa }
                gates:
                  review: { require: testers }

                """
            let told = try await story.run(
                ["validate", "--online", story.repository, "p.yml"], files: ["p.yml": policy])
            #expect(told.exitStatus == 0, "\(told.told)")
            #expect(told.told.contains("p.yml:3:11: warning: the group `qa` hides a team of acme"), "\(told.told)")
            #expect(!told.told.contains("the group `testers`"), "\(told.told)")
        }
    }

    /// Nobody signs with the account that posts the statuses.
    @Test func theServiceAccount() async throws {
        try await Story.tell { story in
            _ = try await story.forge.team("bots", of: "acme", owner: story.keeper, [story.gate])
            let policy = """
                version: 1
                block: none
                gates:
                  one: { require: bots }
                  two: { require: 2 of (qa | bots) }

                """
            try await validated(story, policy, .passed, "validate-online-service-account")
        }
    }

    /// What changes of the policy ask for, and waivers, are looked at as gates are.
    @Test func changesAndWaivers() async throws {
        try await Story.tell { story in
            _ = try await story.forge.team("empty", of: "acme", owner: story.keeper, [])
            let policy = """
                version: 1
                block: none
                policy: { require: empty }
                gates:
                  review:
                    require: qa | security
                    waive:
                      by: empty

                """
            try await validated(story, policy, .passed, "validate-online-changes")
            let lone =
                "version: 1\nblock: none\npolicy: { require: qa }\ngates: { review: { require: qa | security } }\n"
            try await validated(story, lone, .passed, "validate-online-lone")
        }
    }

    /// Who writes a commit or opens a pull request is nobody yet.
    @Test func committersAndAuthors() async throws {
        try await Story.tell { story in
            let policy = """
                version: 1
                block: none
                gates:
                  hand: { require: committers, approvals: { committers: true } }
                  word: { require: author, approvals: { author: true, comments: [done] } }

                """
            try await validated(story, policy, .passed, "validate-online-committers")
        }
    }

    @Test func blind() async throws {
        try await Story.tell { story in
            let policy = "version: 1\nblock: none\ngates:\n  review: { require: qa }\n"
            let token = try await story.forge.token(story.erin, named: "outside", scopes: ["read:organization"])
            try await validated(story, policy, .undecided, "validate-online-blind", directory: token)
        }
    }
}
