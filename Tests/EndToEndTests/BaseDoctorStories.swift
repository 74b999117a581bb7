import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// The doctor and the branches that pull requests are for, whatever the policy names.
@Suite(.simulatorOnly) struct BaseDoctorStories {
    /// A pull request into a branch that no policy names is gated as well, and so its branch is looked at.
    @Test func branchOfAnOpenPullRequest() async throws {
        try await Surgery.tell(named: ["protection.not-required"]) { story, surgery in
            try await story.branch("dev")
            _ = try await story.pull("For dev", file: "src/dev.swift", branch: "feature/dev", to: "dev")
            _ = await surgery.run(["refire", story.repository])
            let told = try await surgery.doctor(isRead: true)
            #expect(told.text.contains("BLOCKS protection.not-required: acme/widget: dev\n"), "\(told.text)")
        }
    }

    /// What is merged into a branch that waits in a pull request itself is judged there: no more than a warning.
    @Test func branchThatWaitsInAPullRequest() async throws {
        try await Surgery.tell(warned: ["protection.not-required"]) { story, surgery in
            _ = try await story.pull("On top", file: "src/top.swift", branch: "feature/top", to: "feature/two")
            _ = await surgery.run(["refire", story.repository])
            let told = try await surgery.doctor(isRead: true)
            #expect(told.text.contains("what is merged there waits in #2"), "\(told.text)")
        }
    }

    /// The policy of such a branch is broken: its pull requests are red, and the doctor says why.
    @Test func brokenPolicyOfAnOpenPullRequestsBranch() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story)
            try await story.branch("dev")
            let number = try await story.pull("For dev", file: "src/dev.swift", branch: "feature/dev", to: "dev")
            try await story.change(".countersign.yml", "version: 1\ngates: [\n", on: "dev", as: story.keeper)
            for branch in ["main", "dev"] {
                try await story.forge.protect(
                    branch, of: story.repository, contexts: ["countersign: \(branch)"], as: story.keeper)
            }
            let fired = await surgery.run(["refire", story.repository])
            #expect(fired.output.contains("acme/widget#\(number): nothing → error"), "\(fired)")
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking == ["policy.invalid"], "\(found.text)")
            #expect(found.text.contains("in `.countersign.yml` on `dev` of `acme/widget`"), "\(found.text)")
        }
    }

    /// Where everything but one branch is gated, the branches are listed, and those that are protected are looked at.
    @Test func branchesThatAPolicyDoesNotLeaveOut() async throws {
        let policy = Story.policy + "  rest: { when: 'not base(\"main\")', require: security }\n"
        try await Surgery.tell(
            named: ["protection.not-required"], policy: policy,
            prepare: { story, _ in
                try await story.branch("dev")
                try await story.forge.protect(
                    "dev", of: story.repository, contexts: ["countersign: dev"], as: story.keeper)
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/branch_protections/dev", as: story.keeper,
                    ["block_admin_merge_override": true])
            },
            fault: { story, _ in
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)/branch_protections/dev", as: story.keeper,
                    ["enable_status_check": false, "status_check_contexts": []])
            })
    }

    /// One that nothing protects, and into which nobody has opened anything: a warning, for it may be anybody's.
    @Test func branchThatNothingProtects() async throws {
        let policy = Story.policy + "  rest: { when: 'not base(\"main\")', require: security }\n"
        try await Surgery.tell(warned: ["protection.not-required"], policy: policy) { story, surgery in
            try await story.branch("release/1")
            let told = try await surgery.doctor(isRead: true)
            #expect(told.text.contains("WARNS protection.not-required: acme/widget: release/1\n"), "\(told.text)")
        }
    }

    /// The settings leave the repository out: nothing will be posted there, whatever is shown.
    @Test func repositoryThatTheSettingsLeaveOut() async throws {
        try await Surgery.tell(warned: ["protection.unjudged"]) { story, surgery in
            surgery.set("COUNTERSIGN_REPOSITORIES", story.forge.name("acme") + "/other")
            let told = try await surgery.doctor(isRead: true)
            #expect(told.text.contains("`repositories` leaves `acme/widget` out"), "\(told.text)")
        }
    }

    /// A gate that nobody can meet, on two branches: what cures it is told once.
    @Test func oneCauseOnTwoBranches() async throws {
        try await Story.tell(policy: "version: 1\ngates: { a: { require: 2 of qa } }\n") { story in
            let surgery = Surgery(story)
            try await story.branch("dev")
            _ = try await story.pull("For dev", file: "src/dev.swift", branch: "feature/dev", to: "dev")
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking.count { $0 == "policy.deadlock" } == 1, "\(found.text)")
        }
    }

    /// Only another branch than the default one has a policy: pull requests into it are gated, and nothing requires that.
    @Test(arguments: [true, false]) func policyOfAnotherBranchAlone(isOpen: Bool) async throws {
        try await Story.tell(policy: nil) { story in
            let surgery = Surgery(story)
            try await story.branch("dev")
            try await story.push(".countersign.yml", Story.policy, to: "dev", as: story.keeper)
            // Of a branch that everybody writes alone the policy is not read.
            try await story.forge.protect("dev", of: story.repository, contexts: ["ci"], as: story.keeper)
            if isOpen {
                let number = try await story.pull("For dev", file: "src/dev.swift", branch: "feature/dev", to: "dev")
                let fired = await surgery.run(["refire", story.repository])
                #expect(fired.output.contains("acme/widget#\(number): nothing → pending"), "\(fired)")
            }
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking.contains("protection.not-required"), "\(found.text)")
            #expect(found.text.contains("BLOCKS protection.not-required: acme/widget: dev\n"), "\(found.text)")
            #expect(!found.text.contains("nothing is gated"), "\(found.text)")
            guard isOpen else { return }
            let cure = try #require(found.cures.first { $0.check == "protection.not-required" }).lines
            try await surgery.carryOut(cure, of: "protection.not-required")
            let cured = try await surgery.doctor()
            #expect(cured.blocking.isEmpty, "\(cured.text)")
        }
    }

    /// The organisation has another repository with a policy; both require their summaries, and then one policy is deleted.
    private func losePolicy(_ story: Story) async throws {
        try await story.forge.repository("gear", of: "acme", as: story.keeper)
        try await story.forge.commit(
            [.create(".countersign.yml", Story.policy)], to: "acme/gear", branch: "main", as: story.keeper)
        for name in ["acme/gear", story.repository] {
            try await story.forge.protect("main", of: name, contexts: ["countersign: main"], as: story.keeper)
        }
        try story.simulator?.world.push(
            to: "main", of: story.repository, as: story.keeper.login, files: [".countersign.yml": nil])
    }

    /// Nothing is to be gated any more: the other way that is printed takes the summary out of the rule.
    @Test func policyThatIsGoneForGood() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story, target: story.forge.name("acme"))
            try await losePolicy(story)
            let found = try await surgery.doctor(isRead: true)
            let cure = try #require(found.cures.first { $0.check == "protection.nobody-posts" }).lines
            let other = try #require(cure.firstIndex { $0.hasPrefix("or, if nothing is to be gated there ") })
            #expect(cure.count > other + 1, "\(cure)")
            try await surgery.carryOut(Array(cure[other...]), of: "protection.nobody-posts")
            let cured = try await surgery.doctor()
            #expect(cured.blocking.isEmpty, "\(cured.text)")
        }
    }

    /// One of two repositories has lost its policy, and its branch requires what was posted while there was one.
    @Test func policyThatIsGone() async throws {
        try await Story.tell { story in
            let surgery = Surgery(story, target: story.forge.name("acme"))
            let number = try await story.pull()
            _ = await surgery.run(["refire", story.repository])
            try await losePolicy(story)
            #expect(try await surgery.summary(number) == "pending")
            let found = try await surgery.doctor(isRead: true)
            #expect(found.blocking == ["protection.nobody-posts"], "\(found.text)")
            let cure = try #require(found.cures.first { $0.check == "protection.nobody-posts" }).lines
            // The first of two ways.
            let other = try #require(cure.firstIndex { $0.hasPrefix("or, if nothing is to be gated there ") })
            try await surgery.carryOut(Array(cure[..<other]), of: "protection.nobody-posts")
            #expect(try await surgery.doctor().blocking.isEmpty)
        }
    }
}
