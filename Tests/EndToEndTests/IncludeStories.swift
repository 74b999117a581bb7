import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Policies that include files: of this repository, of the organisation's, of others.
@Suite struct IncludeStories {
    private static let base = "version: 1\ngates:\n  qa-review: { require: qa }\n"

    private func signed(_ story: Story, _ people: Story.Person...) async throws -> Int {
        let number = try await story.pull()
        for person in people { try await story.approve(number, as: person) }
        return number
    }

    /// What a tag names stays what it was, whatever its branch becomes.
    @Test func atATag() async throws {
        try await Story.tell(policy: Story.including("acme/.countersign:base.yml@v1")) { story in
            try await story.share(["base.yml": Self.base])
            try await story.tag("v1", of: story.shared)
            try await story.forge.commit(
                [.update("base.yml", Self.base.replacing("qa }", with: "engineers }"))], to: story.shared,
                branch: "main",
                as: story.keeper)
            let number = try await signed(story, story.bob, story.carol)
            try expectTold(await story.check(number), .passed, "success", "include-at-a-tag")
        }
    }

    @Test func atTheDefaultBranchAndAtACommit() async throws {
        try await Story.tell(policy: Story.including("acme/.countersign:base.yml@main")) { story in
            try await story.share(["base.yml": Self.base])
            let number = try await signed(story, story.carol)
            var checked = try await story.check(number)
            #expect(checked.exitStatus == 1 && checked.output.contains("qa-review"), "\(checked.told)")
            let commit = try await story.tip(of: story.shared)
            try await story.forge.commit(
                [.update(".countersign.yml", Story.including("acme/.countersign:base.yml@\(commit)"))],
                to: story.repository, branch: "main", as: story.keeper)
            try await story.forge.commit([.delete("base.yml")], to: story.shared, branch: "main", as: story.keeper)
            checked = try await story.check(number)
            #expect(checked.exitStatus == 1 && checked.talk.isEmpty, "\(checked.told)")
            try await story.approve(number, as: story.bob)
            checked = try await story.check(number)
            #expect(checked.exitStatus == 0, "\(checked.told)")
        }
    }

    /// Anybody who may write could push to it.
    @Test func atABranchThatIsNotProtected() async throws {
        try await Story.tell(policy: Story.including("acme/.countersign:base.yml@next")) { story in
            try await story.share(["base.yml": Self.base])
            try await story.forge.branch("next", from: "main", of: story.shared, as: story.keeper)
            let number = try await signed(story, story.bob, story.carol)
            try expectTold(await story.check(number), .invalidPolicy, "error", "include-at-an-open-branch")
            try await story.forge.protect("next", of: story.shared, contexts: [], as: story.keeper)
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 0, "\(checked.told)")
        }
    }

    @Test func aFileThatIsMissing() async throws {
        try await Story.tell(policy: Story.including("policies/base.yml")) { story in
            let number = try await signed(story, story.bob, story.carol)
            try expectTold(await story.check(number), .invalidPolicy, "error", "include-missing")
        }
    }

    @Test(arguments: ["nope", "012345678", "HEAD", "refs/heads/main"])
    func aVersionThatIsMissing(_ ref: String) async throws {
        try await Story.tell(policy: Story.including("acme/.countersign:base.yml@\(ref)")) { story in
            try await story.share(["base.yml": Self.base])
            let checked = try await story.check(try await signed(story, story.bob, story.carol))
            #expect(checked.exitStatus == 3 && checked.summary == "error", "\(checked.told)")
            #expect(checked.output.contains("has no tag and no branch `\(ref)`"), "\(checked.told)")
        }
    }

    @Test func aRepositoryThatIsNotAllowed() async throws {
        try await Story.tell(policy: Story.including("acme/rules:base.yml@main")) { story in
            try await story.share(["base.yml": Self.base], in: "rules")
            let number = try await signed(story, story.bob, story.carol)
            try expectTold(await story.check(number), .invalidPolicy, "error", "include-not-allowed")
            let allowed = try await story.check(
                number, environment: ["COUNTERSIGN_INCLUDE_ALLOW": "other/rules,ACME/rules"])
            #expect(allowed.exitStatus == 0, "\(allowed.told)")
        }
    }

    // MARK: What cannot be read

    @Test(
        .simulatorOnly,
        arguments: [
            ("/contents/base.yml", Fault.Kind.status(403)), ("/contents/base.yml", .status(404)),
            ("/contents/base.yml", .hang), ("/contents/base.yml", .html(502)), ("/contents/base.yml", .body("{}")),
            ("/branches/main", .status(403)), ("/branches/main", .status(404)), ("/tags/main", .status(500)),
            ("/tags/main", .status(403)), ("/tags/main", .html(404)), ("/tags/main", .body("{}")), ("", .status(404)),
        ])
    func whatCannotBeReadIsUndecided(_ call: String, _ kind: Fault.Kind) async throws {
        try await Story.tell(policy: Story.including("acme/.countersign:base.yml@main")) { story in
            try await story.share(["base.yml": Self.base])
            let number = try await signed(story, story.bob, story.carol)
            // The whole repository is also looked at for what the organisation requires: here that is not asked.
            var none = ["COUNTERSIGN_ORGANIZATION_POLICY": "none"]
            #expect(try await story.check(number, environment: none).exitStatus == 0)
            try #require(story.simulator).faults.add(
                Fault(method: "GET", path: "/repos/acme/.countersign\(call)", as: story.gate.login, kind: kind))
            // Only what never ends needs a short deadline: it would be too short for a busy machine otherwise.
            if case .hang = kind { none["COUNTERSIGN_FORGE_DEADLINE"] = "4" }
            let checked = try await story.check(number, environment: none)
            #expect(checked.exitStatus == 2 && checked.summary == "error", "\(checked.told)")
            #expect(checked.output.contains("cure:"), "\(checked.told)")
            #expect(checked.output.contains("acme/.countersign"), "\(checked.told)")
        }
    }

    @Test(.simulatorOnly) func aForbiddenFile() async throws {
        try await Story.tell(policy: Story.including("acme/.countersign:base.yml@main")) { story in
            try await story.share(["base.yml": Self.base])
            let number = try await signed(story, story.bob, story.carol)
            try #require(story.simulator).faults.add(
                Fault(path: "/repos/acme/.countersign/contents/base.yml", kind: .status(403)))
            try expectTold(await story.check(number), .undecided, "error", "include-forbidden")
        }
    }

    @Test(.simulatorOnly, arguments: [#"{"type":"symlink","sha":"1","size":3,"target":"../x"}"#, "[]"])
    func aFileThatIsNone(_ body: String) async throws {
        try await Story.tell(policy: Story.including("base.yml")) { story in
            let number = try await signed(story, story.bob, story.carol)
            try #require(story.simulator).faults.add(
                Fault(path: "/repos/acme/widget/contents/base.yml", kind: .body(body)))
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 3 && checked.summary == "error", "\(checked.told)")
            #expect(checked.output.contains(", not a file"), "\(checked.told)")
        }
    }

    // MARK: Other repositories' lines

    /// The repository is public, the included file is not.
    @Test func aPrivateLineIsQuotedNowhere() async throws {
        let law = "version: 1\ngates:\n  x:\n    require: qa and or security   # the code word is abracadabra\n"
        let policy = Story.including("acme/.countersign:base.yml@main")
        try await Story.tell(policy: policy, isPrivate: false) { story in
            try await story.share(["base.yml": law])
            let number = try await signed(story, story.bob, story.carol)
            try expectTold(await story.check(number), .invalidPolicy, "error", "include-private-line")
            for format in ["text", "json", "annotations"] {
                let checked = try await story.check(number, ["--format", format])
                #expect(checked.exitStatus == 3)
                #expect(
                    !checked.told.contains("abracadabra") && !checked.told.contains("or security"), "\(checked.told)")
                #expect(checked.told.contains("base.yml@main"), "\(checked.told)")
            }
        }
    }

    // MARK: Attacks

    /// What a pull request makes of an included file counts when it is merged, not before.
    @Test func aPullRequestThatEditsAnIncludedFile() async throws {
        try await Story.tell(policy: Story.including("policies/base.yml")) { story in
            try await story.forge.commit(
                [.create("policies/base.yml", Self.base)], to: story.repository, branch: "main", as: story.keeper)
            try await story.forge.commit(
                [.update("policies/base.yml", Self.base.replacing("qa }", with: "engineers }"))], to: story.repository,
                branch: "main", newBranch: "feature/one", as: story.alice)
            let number = try await story.forge.pull("Mend", from: "feature/one", of: story.repository, as: story.alice)
            try await story.approve(number, as: story.dave)
            try await story.approve(number, as: story.carol)
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 1 && checked.summary == "pending", "\(checked.told)")
            #expect(checked.statuses["countersign/qa-review: main"]?.state == "pending", "\(checked.told)")
        }
    }

    /// A branch beside the tag of that name: which one is read must not depend on who was faster.
    @Test func aNameOfTwoThings() async throws {
        try await Story.tell(policy: Story.including("acme/.countersign:base.yml@v1")) { story in
            try await story.share(["base.yml": Self.base])
            try await story.tag("v1", of: story.shared)
            try await story.forge.commit(
                [.update("base.yml", "version: 1\ngates: { qa-review: { mode: off, require: qa } }\n")],
                to: story.shared, branch: "main", newBranch: "v1", as: story.alice)
            let checked = try await story.check(try await signed(story, story.carol))
            #expect(checked.exitStatus == 3 && checked.output.contains("is two things"), "\(checked.told)")
        }
    }

    /// A branch whose name is the commit's id.
    @Test func aBranchThatLooksLikeACommit() async throws {
        try await Story.tell(policy: nil) { story in
            try await story.share(["base.yml": Self.base])
            let commit = try await story.tip(of: story.shared)
            try await story.forge.commit(
                [.create(".countersign.yml", Story.including("acme/.countersign:base.yml@\(commit)"))],
                to: story.repository, branch: "main", as: story.keeper)
            let number = try await signed(story, story.carol)
            #expect(try await story.check(number).summary == "pending")
            try await story.forge.commit(
                [.update("base.yml", "version: 1\ngates: { qa-review: { mode: off, require: qa } }\n")],
                to: story.shared, branch: "main", newBranch: commit, as: story.alice)
            let checked = try await story.check(number)
            #expect(checked.summary != "success", "\(checked.told)")
        }
    }

    /// Whoever gets hold of the old name gets hold of no policy.
    @Test func aRepositoryThatWasRenamed() async throws {
        try await Story.tell(policy: Story.including("acme/rules:base.yml@main")) { story in
            try await story.share(["base.yml": Self.base], in: "rules")
            let number = try await signed(story, story.bob, story.carol)
            let allowed = ["COUNTERSIGN_INCLUDE_ALLOW": "acme/rules"]
            #expect(try await story.check(number, environment: allowed).exitStatus == 0)
            try await story.forge.must(
                .PATCH, "/repos/\(story.forge.name("acme"))/rules", as: story.keeper, ["name": "old-rules"])
            let checked = try await story.check(number, environment: allowed)
            #expect(checked.exitStatus == 3 && checked.output.contains("has another name now"), "\(checked.told)")
        }
    }

    /// An override is the including file's own decision; what is locked stays.
    @Test func overrideAndLock() async throws {
        let policy = Story.including(
            "acme/.countersign:base.yml@main", "  qa-review: { override: true, require: engineers }\n")
        try await Story.tell(policy: policy) { story in
            try await story.share(["base.yml": Self.base])
            let number = try await signed(story, story.dave, story.carol)
            #expect(try await story.check(number).exitStatus == 0)
            try await story.forge.commit(
                [.update("base.yml", Self.base.replacing("qa }", with: "qa, locked: true }"))], to: story.shared,
                branch: "main", as: story.keeper)
            try expectTold(await story.check(number), .invalidPolicy, "error", "include-locked")
        }
    }
}
