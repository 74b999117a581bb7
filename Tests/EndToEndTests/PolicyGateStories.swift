import CountersignCLI
import GiteaSimulator
import Testing

/// Pull requests that change the policy itself.
@Suite struct PolicyGateStories {
    private static let path = ".countersign.yml"
    private static let lax = "version: 1\ngates:\n  anything: { require: '@alice' }\n"
    private static let weaker = Story.policy.replacing("require: security\n", with: "require: engineers\n")

    /// A pull request with one commit on a new branch.
    private func pull(
        _ story: Story, _ title: String, _ changes: [StoryForge.FileChange], by person: Story.Person? = nil,
        to base: String = "main"
    ) async throws -> Int {
        let person = person ?? story.alice
        try await story.forge.commit(
            changes, to: story.repository, branch: base, newBranch: "feature/law", as: person)
        return try await story.forge.pull(title, from: "feature/law", to: base, of: story.repository, as: person)
    }

    /// Everybody whom the old policy asks for.
    private func sign(_ story: Story, _ number: Int) async throws {
        try await story.approve(number, as: story.bob)
        try await story.approve(number, as: story.carol)
    }

    /// The policy, in which the engineers decide on its change.
    private func withEngineers(_ text: String = Story.policy) -> String {
        text + "policy: { require: engineers }\n"
    }

    @Test func onesOwnPolicyTakesSomebodyElse() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(story, "Make me the law", [.update(Self.path, Self.lax)])
            try expectTold(try await story.check(number), .held, "pending", "law-nobody-signed")
            try await sign(story, number)
            try expectTold(try await story.check(number), .held, "pending", "law-the-old-gates-signed")
            try await story.approve(number, as: story.dave)
            try expectTold(try await story.check(number), .passed, "success", "law-signed")
        }
    }

    /// Merged, it would be no valid policy for anybody.
    @Test func aTeamThatThereIsNot() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let mistaken = Story.policy.replacing("require: qa", with: "require: '@vanished or qaa'")
            let number = try await pull(story, "Name a team", [.update(Self.path, mistaken)])
            try await sign(story, number)
            try await story.approve(number, as: story.dave)
            try expectTold(try await story.check(number), .held, "failure", "law-without-a-team")
        }
    }

    /// Files of other repositories are read after the merge; what the repository's own name is known before it.
    @Test(arguments: ["own: { require: qaa }", "own: { require: security, waive: { by: qaa } }"])
    func aTeamThatThereIsNotBesideWhatIsNotRead(_ gate: String) async throws {
        let including = "version: 1\ninclude: [ 'acme/.countersign:base.yml@main' ]\ngates:\n  "
        let policy = including + "own: { require: security }\n"
        try await Story.tell(policy: policy) { story in
            try await story.share(["base.yml": "version: 1\ngates:\n  qa-review: { require: qa }\n"])
            let number = try await pull(story, "Name a team", [.update(Self.path, including + gate + "\n")])
            try await sign(story, number)
            let found = try await story.check(number)
            #expect(found.summary == "failure", "\(found.told)")
            #expect(found.told.contains("`qaa` is neither a group of this file nor a team"), "\(found.told)")
        }
    }

    /// Nobody can tell whether there are the teams that the new policy names.
    @Test(.simulatorOnly) func teamsThatCannotBeLookedFor() async throws {
        let accounts = "version: 1\npolicy: { require: '@DAVE' }\ngates:\n  qa: { require: '@BOB' }\n"
        try await Story.tell(policy: nil) { story in
            let policy = accounts.replacing("DAVE", with: story.dave.login).replacing("BOB", with: story.bob.login)
            // Where the organisation has no policy, that is proven by its teams.
            try await story.forge.repository(".countersign", of: "acme", as: story.keeper)
            try await story.forge.commit(
                [.create("countersign.yml", policy)], to: story.forge.name("acme") + "/.countersign", branch: "main",
                as: story.keeper)
            let number = try await pull(story, "Name teams", [.create(Self.path, Story.policy)])
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.dave)
            let faults = try #require(story.simulator).faults
            faults.add(Fault(method: "GET", path: "*/orgs/acme/teams*", kind: .status(500)))
            let unread = try await story.check(number)
            #expect(unread.summary == "error" && unread.told.contains("which teams `acme` has"), "\(unread.told)")
            faults.clear()
            #expect(try await story.check(number).summary == "success")
        }
    }

    @Test func aSignatureForThePolicyIsForThatHead() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(story, "Make me the law", [.update(Self.path, Self.weaker)])
            try await sign(story, number)
            try await story.approve(number, as: story.dave)
            #expect(try await story.check(number).summary == "success")
            try await story.change(Self.path, Self.lax, on: "feature/law", as: story.alice)
            try expectTold(try await story.check(number), .held, "pending", "law-changed-after-the-signature")
        }
    }

    /// What an included file becomes must be valid, too, whoever signed.
    @Test(
        arguments: [
            "version: 1\ngates:\n  qa: { requires: qa }\n", "version: 1\ngates:\n  qa-review: { require: qaa }\n", nil,
        ])
    func anIncludedFileThatWouldBeBroken(_ text: String?) async throws {
        let policy = Story.including("ci/gates.yml", "policy: { require: nobody }\n")
        try await Story.tell(policy: policy) { story in
            let (file, valid) = ("ci/gates.yml", "version: 1\ngates:\n  qa-review: { require: qa }\n")
            try await story.forge.commit(
                [.create(file, valid)], to: story.repository, branch: "main", as: story.keeper)
            let number = try await pull(story, "Break it", [text.map { .update(file, $0) } ?? .delete(file)])
            try await sign(story, number)
            let found = try await story.check(number)
            #expect(found.summary == "failure", "\(found.told)")
            #expect(found.told.contains("the new policy is not valid: ci/gates.yml:"), "\(found.told)")
        }
    }

    /// Only with its `include` can an included file be deleted: another change of the policy is no excuse.
    @Test(arguments: [false, true]) func anIncludedFileThatIsDeleted(_ withItsInclude: Bool) async throws {
        let policy = Story.including("ci/gates.yml", "policy: { require: nobody }\n")
        try await Story.tell(policy: policy) { story in
            let file = "ci/gates.yml"
            try await story.forge.commit(
                [.create(file, "version: 1\ngates:\n  qa-review: { require: qa }\n")], to: story.repository,
                branch: "main", as: story.keeper)
            let root = withItsInclude ? Self.lax : policy + "\n"
            let number = try await pull(story, "Delete it", [.delete(file), .update(Self.path, root)])
            try await sign(story, number)
            let found = try await story.check(number)
            #expect(found.summary == (withItsInclude ? "success" : "failure"), "\(found.told)")
            let isToldWhy = found.told.contains("there is no file `ci/gates.yml`")
            #expect(isToldWhy != withItsInclude, "\(found.told)")
        }
    }

    private static let law = "law/base.yml"
    private static let lawful = "version: 1\ngates:\n  qa-review: { require: qa }\n"

    private static func including(_ entries: String = "law/base.yml", _ gates: String = "") -> String {
        "version: 1\ninclude: [ \(entries) ]\ngates:\n  own: { require: security }\n\(gates)policy: { require: nobody }\n"
    }

    /// A change of a policy that includes a file, signed by everybody.
    private func lawChange(
        _ changes: [StoryForge.FileChange], meanwhile: StoryForge.FileChange? = nil, _ told: String, _ summary: String
    ) async throws {
        try await Story.tell(policy: Self.including()) { story in
            try await story.forge.commit(
                [.create(Self.law, Self.lawful)], to: story.repository, branch: "main", as: story.keeper)
            let number = try await pull(story, "Other law", changes)
            if let meanwhile {
                try await story.forge.commit([meanwhile], to: story.repository, branch: "main", as: story.keeper)
            }
            try await sign(story, number)
            let found = try await story.check(number)
            #expect(found.summary == summary, "\(found.told)")
            #expect(found.told.contains(told), "\(found.told)")
        }
    }

    /// What is certainly not valid after the merge does not get in, though each of its files is valid by itself.
    @Test(arguments: [
        (
            [StoryForge.FileChange.update(path, including("law/base.yml, \"evil/x:y.yml@main\""))],
            "policies here may not include files of `evil/x`"
        ),
        ([.update(path, including("law/base.yml, law/nosuch.yml"))], "there is no file `law/nosuch.yml`"),
        (
            [.update(path, including("law/base.yml", "  more: { require: qa, context: 'x ({base})' }\n"))],
            "the context `x ({base})` of the gate `more` is not allowed here"
        ),
        ([.update(path, including("law/base.yml", "  qa-review: { require: security }\n"))], "`qa-review`"),
        ([.update(law, lawful + "  own: { require: qa }\n")], "the new policy is not valid: "),
        (
            [
                .update(law, lawful.replacing("qa }", with: "qa, locked: true }")),
                .update(path, including("law/base.yml", "  qa-review: { override: true, require: security }\n")),
            ], "locked"
        ),
        ([.update(law, lawful + "include: [ .countersign.yml ]\n")], "these files include each other"),
    ])
    func filesThatAreNoPolicyTogether(_ changes: [StoryForge.FileChange], _ told: String) async throws {
        try await lawChange(changes, told, "failure")
    }

    /// Who is behind is judged by what the merge leaves.
    @Test func aClashWithWhatTheBaseHasByNow() async throws {
        try await lawChange(
            [.update(Self.path, Self.including("law/base.yml", "  more: { require: qa }\n"))],
            meanwhile: .update(Self.law, Self.lawful + "  more: { require: qa }\n"), "`more`", "failure")
    }

    @Test(arguments: [
        [
            StoryForge.FileChange.update(path, including("law/base.yml, law/more.yml")),
            .create("law/more.yml", lawful.replacing("qa-review", with: "more")),
        ],
        [.update(path, including("law/base.yml, \"acme/.countersign:y.yml@main\""))],
        [.update(law, lawful.replacing("qa-review", with: "more"))],
    ])
    func filesThatAreAPolicyTogether(_ changes: [StoryForge.FileChange]) async throws {
        try await lawChange(changes, "a valid policy", "success")
    }

    /// Whether two files clash is unknown while one of them cannot be read.
    @Test(.simulatorOnly) func anIncludedFileThatCannotBeRead() async throws {
        try await Story.tell(policy: Self.including()) { story in
            try await story.forge.commit(
                [.create(Self.law, Self.lawful)], to: story.repository, branch: "main", as: story.keeper)
            let number = try await pull(
                story, "More law",
                [
                    .update(Self.path, Self.including("law/base.yml, law/more.yml")),
                    .create("law/more.yml", Self.lawful.replacing("qa-review", with: "more")),
                ])
            try await sign(story, number)
            try #require(story.simulator).faults.add(
                Fault(path: "/repos/\(story.repository)/contents/law/more.yml", kind: .status(502)))
            let found = try await story.check(number)
            #expect(found.summary == "error", "\(found.told)")
        }
    }

    @Test(arguments: [".gitea/countersign.yml", ".forgejo/countersign.yml"])
    func aPolicyAtAnotherPathIsOne(_ path: String) async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(story, "A law nobody looks at", [.create(path, Self.lax)])
            try await sign(story, number)
            let held = try await story.check(number)
            #expect(held.statuses["countersign/policy: main"]?.state == "pending", "\(held.told)")
            #expect(held.summary == "pending")
            try await story.approve(number, as: story.dave)
            #expect(try await story.check(number).summary == "success")
        }
    }

    /// A file of nearly the same name is none: git tells the cases apart, and so does the forge.
    @Test(arguments: [".Countersign.yml", ".COUNTERSIGN.YML", "x/.countersign.yml", ".gitea/Countersign.yml"])
    func aNameThatIsNearlyTheSameIsAnother(_ path: String) async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(story, "No law", [.create(path, "nonsense: [")])
            try await sign(story, number)
            let passed = try await story.check(number)
            #expect(passed.summary == "success", "\(passed.told)")
            #expect(passed.statuses["countersign/policy: main"] == nil)
        }
    }

    @Test func aBrokenPolicyDoesNotGetIn() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(
                story, "Typo", [.update(Self.path, "version: 1\ngates:\n  qa: { requires: qa }\n")])
            try await sign(story, number)
            try await story.approve(number, as: story.dave)
            try expectTold(try await story.check(number), .held, "failure", "law-broken")
            let json = try await story.check(number, ["--format", "json"])
            #expect(json.output.contains("requires"))
        }
    }

    @Test func aHugePolicyIsNotRead() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            for (count, branch) in [(300 * 1024, "a"), (1200 * 1024, "b")] {
                let text = withEngineers() + "#" + String(repeating: "x", count: count) + "\n"
                try await story.forge.commit(
                    [.update(Self.path, text)], to: story.repository, branch: "main", newBranch: branch,
                    as: story.alice)
                let number = try await story.forge.pull(
                    "Much law", from: branch, to: "main", of: story.repository, as: story.alice)
                let found = try await story.check(number)
                #expect(
                    found.statuses["countersign/policy: main"]?.text
                        == "the new policy is not valid: .countersign.yml:1: the policy is longer than 256 KiB")
            }
        }
    }

    @Test func aDirectoryIsNoPolicy() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(
                story, "Hide it", [.delete(Self.path), .create(Self.path + "/readme", "nothing\n")])
            try await sign(story, number)
            try await story.approve(number, as: story.dave)
            let found = try await story.check(number)
            #expect(found.summary == "failure", "\(found.told)")
            #expect(
                found.statuses["countersign/policy: main"]?.text
                    == "the new policy is not valid: `.countersign.yml` is a directory")
        }
    }

    @Test func aDeletionSaysWhatIsLeft() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(story, "No law at all", [.delete(Self.path)])
            try await sign(story, number)
            try expectTold(try await story.check(number), .held, "pending", "law-deleted")
            try await story.approve(number, as: story.dave)
            #expect(try await story.check(number).summary == "success")
        }
    }

    @Test func aRenameAwayIsADeletion() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(
                story, "Rename", [.delete(Self.path), .create("policy.yml", withEngineers())])
            try await sign(story, number)
            #expect(try await story.check(number).summary == "pending")
            let other = "version: 1\n"
            try await story.push(".gitea/countersign.yml", other, to: "feature/law", as: story.alice)
            try await story.approve(number, as: story.dave)
            #expect(try await story.check(number).summary == "failure")
            try await story.change(".gitea/countersign.yml", withEngineers(), on: "feature/law", as: story.alice)
            try await sign(story, number)
            #expect(try await story.check(number).summary == "pending")
            try await story.approve(number, as: story.dave)
            let moved = try await story.check(number)
            #expect(moved.summary == "success", "\(moved.told)")
        }
    }

    @Test func nobodyMeansAValidPolicyAndSaysSo() async throws {
        try await Story.tell(policy: Story.policy + "policy: { require: nobody }\n") { story in
            let number = try await pull(story, "Weaker", [.update(Self.path, Self.weaker)])
            try await sign(story, number)
            try expectTold(try await story.check(number), .passed, "success", "law-nobody")
        }
    }

    /// The base has moved on to another policy: who is behind changes nothing.
    @Test func whoIsOnlyBehindChangesNothing() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await story.pull()
            try await story.forge.commit(
                [.update(Self.path, withEngineers(Self.weaker))], to: story.repository, branch: "main",
                as: story.keeper)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.dave)
            let found = try await story.check(number)
            #expect(found.summary == "success", "\(found.told)")
            #expect(found.statuses["countersign/policy: main"] == nil)
        }
    }

    /// What was pending while the policy was changed is cleared once it no longer is.
    @Test func theGateGoesWhenTheChangeGoes() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            let number = try await pull(story, "Weaker", [.update(Self.path, withEngineers(Self.weaker))])
            #expect(try await story.check(number).statuses["countersign/policy: main"]?.state == "pending")
            try await story.forge.commit(
                [.update(Self.path, withEngineers(Self.weaker))], to: story.repository, branch: "main",
                as: story.keeper)
            let found = try await story.check(number)
            #expect(found.statuses["countersign/policy: main"]?.state == "success", "\(found.told)")
        }
    }

    /// On a branch that anybody may push, a policy is not law; a change of it is signed all the same.
    @Test func aPolicyOnABranchOfOnesOwnIsNoLaw() async throws {
        try await Story.tell(policy: withEngineers()) { story in
            try await story.branch("dev", as: story.alice)
            let number = try await pull(story, "My law", [.update(Self.path, Self.lax)], to: "dev")
            let found = try await story.check(number)
            #expect(story.summary("dev", of: found) == "pending", "\(found.told)")
            #expect(found.statuses["countersign/policy: dev"]?.state == "pending")
            #expect(found.statuses["countersign/qa-review: dev"]?.state == "pending")
        }
    }

    @Test func withTheDefaultAnyOtherWriterWillDo() async throws {
        try await Story.tell { story in
            let number = try await pull(story, "Weaker", [.update(Self.path, Self.weaker)])
            #expect(try await story.check(number).summary == "pending")
            try await sign(story, number)
            let passed = try await story.check(number)
            #expect(passed.summary == "success", "\(passed.told)")
            #expect(passed.statuses["countersign/policy: main"]?.text == "approved by bob and carol")
        }
    }
}
