import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Other bases, changed bases, and pull requests that share a commit.
@Suite struct BaseStories {
    private func signed(_ story: Story, to base: String = "main") async throws -> Int {
        let number = try await story.pull(to: base)
        try await story.approve(number, as: story.bob)
        try await story.approve(number, as: story.carol)
        return number
    }

    /// `dev` lacks what `main` has had since: into it the pull request would bring more than was approved.
    @Test func retargetedWhileGreen() async throws {
        try await Story.tell { story in
            try await story.branch("dev")
            try await story.push("src/other.swift", to: "main", as: story.keeper)
            try await story.forge.protect("dev", of: story.repository, contexts: [], as: story.keeper)
            let number = try await signed(story)
            try #expect(await story.check(number).exitStatus == 0)
            try await story.forge.retarget(number, to: "dev", of: story.repository, as: story.alice)
            let checked = try await story.check(number)
            #expect(story.summary("dev", of: checked) == "pending")
            try expectTold(checked, .held, "success", "retargeted-while-green")
        }
    }

    /// `dev` is what `main` is: what was approved is what would go in.
    @Test func retargetedAndStillTheSame() async throws {
        try await Story.tell { story in
            try await story.branch("dev")
            try await story.forge.protect("dev", of: story.repository, contexts: [], as: story.keeper)
            let number = try await signed(story)
            try await story.forge.retarget(number, to: "dev", of: story.repository, as: story.alice)
            let checked = try await story.check(number)
            #expect(story.summary("dev", of: checked) == "success")
            try expectTold(checked, .passed, nil, "retargeted-and-still-the-same")
        }
    }

    /// Whoever may push the old base could have made any change look like this one.
    @Test func retargetedFromAnUnprotectedBranch() async throws {
        try await Story.tell { story in
            try await story.branch("loose")
            let number = try await signed(story, to: "loose")
            try await story.forge.retarget(number, to: "main", of: story.repository, as: story.alice)
            try expectTold(await story.check(number), .held, "pending", "retargeted-from-an-unprotected-branch")
        }
    }

    /// The green of one base does not open another.
    @Test func secondPullRequestToAnotherBase() async throws {
        try await Story.tell { story in
            try await story.branch("dev")
            let first = try await signed(story)
            try #expect(await story.check(first).exitStatus == 0)
            let second = try await story.forge.pull(
                "Add one to dev", from: "feature/one", to: "dev", of: story.repository, as: story.alice)
            let checked = try await story.check(second)
            #expect(story.summary("dev", of: checked) == "pending")
            try expectTold(checked, .held, "success", "second-pull-request-to-another-base")
        }
    }

    /// Erin's fork has alice's commit, and she opens it for the same base: that holds nothing.
    @Test func outsidersPullRequestOfTheSameHead() async throws {
        try await Story.tell(isPrivate: false) { story in
            let first = try await signed(story)
            try await story.forge.must(.POST, "/repos/\(story.repository)/forks", as: story.erin, .object([]))
            let second = try await story.forge.pull(
                "Mine", from: "\(story.erin.login):feature/one", of: story.repository, as: story.erin)
            try await story.forge.review("REQUEST_CHANGES", second, of: story.repository, as: story.carol)
            try expectTold(await story.check(first), .passed, "success", "outsiders-pull-request-of-the-same-head")
            // Asked about hers: the commit shows what alice's earned, and the check says that hers has not.
            try expectTold(await story.check(second), .held, "success", "outsiders-own-pull-request")
        }
    }

    private func sibling(_ story: Story) async throws -> Int {
        try await story.forge.branch("feature/two", from: "feature/one", of: story.repository, as: story.dave)
        return try await story.forge.pull("Same", from: "feature/two", of: story.repository, as: story.dave)
    }

    @Test func siblingOfAWriter() async throws {
        try await Story.tell { story in
            let first = try await signed(story)
            _ = try await sibling(story)
            try expectTold(await story.check(first), .held, "pending", "sibling-of-a-writer")
        }
    }

    @Test(.simulatorOnly) func siblingThatCannotBeEvaluated() async throws {
        try await Story.tell { story in
            let first = try await signed(story)
            let second = try await sibling(story)
            story.simulator?.faults.add(Fault(path: "/repos/*/pulls/\(second)/reviews", kind: .html(200)))
            try expectTold(
                await story.check(first), .undecided, "error", "sibling-that-cannot-be-evaluated")
        }
    }

    /// The gates are written for a branch that is not there: nobody can say that this one needs none.
    @Test func gatesForABranchThatIsGone() async throws {
        let policy = Story.policy.replacing(
            "require: security\n", with: "require: security\n    when: base(\"trunk\")\n"
        )
        .replacing(
            "when: not changes_only(\"docs/**\")", with: "when: base(\"trunk\") and not changes_only(\"docs/**\")")
        try await Story.tell(policy: policy) { story in
            let number = try await story.pull()
            try expectTold(await story.check(number), .undecided, "error", "gates-for-a-branch-that-is-gone")
            try await story.branch("trunk")
            let found = try await story.check(number)
            #expect(found.summary == "success", "\(found.told)")
        }
    }

    /// A context of one's own is for one branch: green there, it must not stay when the pull request leaves.
    @Test func aContextForOneBranchIsTakenBack() async throws {
        let policy = "version: 1\ngates:\n  qa-review: { require: qa, context: review }\n"
        try await Story.tell(policy: policy) { story in
            try await story.branch("dev")
            try await story.forge.protect("dev", of: story.repository, contexts: [], as: story.keeper)
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            let allow = ["COUNTERSIGN_CONTEXTS_ALLOW": "review = main"]
            let green = try await story.check(number, environment: allow)
            #expect(green.statuses["review"]?.state == "success", "\(green.told)")
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.keeper, ["base": "dev"])
            try await story.forge.tick()
            let left = try await story.check(number, environment: allow)
            #expect(left.statuses["review"]?.state == "pending", "\(left.told)")
            #expect(left.statuses["review"]?.text == "no open pull request brings this to main")
            let why = "not posted review: `contexts.allow` names it for `main` alone\n"
            #expect(left.output.contains(why) && !green.output.contains(why), "\(left.told)")
            #expect(story.summary("dev", of: left) == "success")
        }
    }

    /// Another open pull request of the commit still goes there: the green is its own.
    @Test func aContextForOneBranchIsTheSiblings() async throws {
        let policy = "version: 1\ngates:\n  qa-review: { require: qa, context: review }\n"
        try await Story.tell(policy: policy) { story in
            try await story.branch("dev")
            try await story.forge.protect("dev", of: story.repository, contexts: [], as: story.keeper)
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            let allow = ["COUNTERSIGN_CONTEXTS_ALLOW": "review = main"]
            _ = try await story.check(number, environment: allow)
            let other = try await story.forge.pull(
                "The same", from: "feature/one", to: "dev", of: story.repository, as: story.alice)
            let found = try await story.check(other, environment: allow)
            #expect(found.statuses["review"]?.state == "success", "\(found.told)")
        }
    }
}
