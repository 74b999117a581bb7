import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Gates that an organisation requires of every repository.
@Suite struct RequiredStories {
    private static let law = """
        version: 1
        groups: { lawyers: security }
        required:
          licence-review: { require: lawyers }
        gates:
          usual: { require: engineers }

        """
    private static let own = "version: 1\ngates:\n  qa-review: { require: qa }\n"

    private func signed(_ story: Story, _ people: Story.Person...) async throws -> Int {
        let number = try await story.pull()
        for person in people { try await story.approve(number, as: person) }
        return number
    }

    private func rewrite(_ story: Story, _ policy: String) async throws {
        try await story.forge.commit(
            [.update(".countersign.yml", policy)], to: story.repository, branch: "main", as: story.keeper)
    }

    @Test func everyRepositoryGetsThem() async throws {
        try await Story.tell(policy: Self.own) { story in
            try await story.share(["countersign.yml": Self.law])
            let number = try await signed(story, story.bob)
            try expectTold(await story.check(number), .held, "pending", "required-waiting")
            try await story.approve(number, as: story.carol)
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 0 && checked.statuses["countersign/usual: main"] == nil, "\(checked.told)")
        }
    }

    /// Whatever the repository's file says, the gate stays, or there is no policy at all.
    @Test(arguments: [
        "  licence-review: { mode: off, require: qa }\n",
        "  licence-review: { override: true, mode: off, require: qa }\n",
        "  licence-review: { when: 'false', require: qa }\n", "parts:\n  licence-review: { require: qa }\n",
    ])
    func aRepositoryCannotDropThem(_ more: String) async throws {
        try await Story.tell(policy: Self.own) { story in
            try await story.share(["countersign.yml": Self.law])
            let policy =
                more.hasPrefix("parts")
                ? Self.own.replacing("require: qa", with: "require: gate(\"licence-review\")") + more : Self.own + more
            try await rewrite(story, policy)
            let checked = try await story.check(try await signed(story, story.bob))
            #expect(checked.exitStatus == 3 && checked.summary == "error", "\(checked.told)")
            #expect(checked.output.contains("which every repository gets"), "\(checked.told)")
        }
    }

    @Test func aClash() async throws {
        try await Story.tell(policy: Self.own + "  licence-review: { override: true, mode: off, require: qa }\n") {
            story in
            try await story.share(["countersign.yml": Self.law])
            let number = try await signed(story, story.bob)
            try expectTold(await story.check(number), .invalidPolicy, "error", "required-clash")
        }
    }

    @Test func aRepositoryWithoutAPolicyGetsThemToo() async throws {
        try await Story.tell(policy: nil) { story in
            try await story.share(["countersign.yml": Self.law])
            let checked = try await story.check(try await signed(story, story.dave))
            #expect(checked.exitStatus == 1, "\(checked.told)")
            #expect(checked.statuses["countersign/licence-review: main"]?.state == "pending", "\(checked.told)")
            #expect(checked.statuses["countersign/usual: main"]?.state == "success", "\(checked.told)")
        }
    }

    /// What is required cannot be seen: a repository's own file is not the whole policy then.
    @Test func whatCannotBeSeenIsUndecided() async throws {
        try await Story.tell(policy: Self.own) { story in
            try await story.share(["countersign.yml": Self.law])
            let number = try await signed(story, story.bob)
            let blind = try await story.forge.token(story.dave, named: "directory", scopes: StoryForge.directoryScopes)
            // The service account is in no team that sees `.countersign` any more.
            try await story.forge.must(
                .PATCH, "/repos/\(story.shared)", as: story.keeper, ["name": "hidden"])
            let checked = try await story.check(number, directory: blind)
            #expect(checked.exitStatus == 2 && checked.summary == "error", "\(checked.told)")
            #expect(checked.output.contains("organization_policy: none"), "\(checked.told)")
            // Whoever administers the service says that there is none.
            let none = try await story.check(number, environment: ["COUNTERSIGN_ORGANIZATION_POLICY": "none"])
            #expect(none.exitStatus == 0, "\(none.told)")
            // A token that is shown every repository proves that it is gone; the redirect is not followed.
            #expect(try await story.check(number).exitStatus == 0)
        }
    }

    @Test(
        .simulatorOnly,
        arguments: [
            ("/repos/acme/.countersign", Fault.Kind.status(500)), ("/repos/acme/.countersign", .status(403)),
            ("/repos/acme/.countersign", .html(404)), ("/repos/acme/.countersign", .status(404)),
            ("/repos/acme/.countersign/contents/countersign.yml", .status(404)),
            ("/repos/acme/.countersign/contents/countersign.yml", .body("[]")),
            ("/repos/acme/.countersign/contents/countersign.yml", .hang),
        ])
    func everyReadThatFailsIsUndecided(_ path: String, _ kind: Fault.Kind) async throws {
        try await Story.tell(policy: Self.own) { story in
            try await story.share(["countersign.yml": Self.law])
            let number = try await signed(story, story.bob, story.carol)
            try #require(story.simulator).faults.add(Fault(method: "GET", path: path, as: story.gate.login, kind: kind))
            var environment: [String: String] = [:]
            if case .hang = kind { environment["COUNTERSIGN_FORGE_DEADLINE"] = "4" }
            let checked = try await story.check(number, environment: environment)
            #expect(checked.exitStatus == 2 && checked.summary == "error", "\(checked.told)")
        }
    }

    @Test func aBrokenFileOfTheOrganisation() async throws {
        try await Story.tell(policy: Self.own, isPrivate: false) { story in
            try await story.share(["countersign.yml": Self.law + "  oops abracadabra\n"])
            let checked = try await story.check(try await signed(story, story.bob, story.carol))
            #expect(checked.exitStatus == 3 && checked.summary == "error", "\(checked.told)")
            #expect(!checked.told.contains("abracadabra"), "\(checked.told)")
        }
    }

    @Test func inTheRepositorysOwnFile() async throws {
        try await Story.tell(policy: Self.own + "required:\n  x: { require: qa }\n") { story in
            let checked = try await story.check(try await signed(story, story.bob))
            #expect(checked.exitStatus == 3, "\(checked.told)")
            #expect(checked.output.contains("`required` is for the organisation's own"), "\(checked.told)")
        }
    }
}
