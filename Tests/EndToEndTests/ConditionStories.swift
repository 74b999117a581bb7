import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// What the policy's conditions make of files, bases and labels.
@Suite struct ConditionStories {
    @Test func onlyDocumentation() async throws {
        try await Story.tell { story in
            let number = try await story.pull("Explain one", file: "docs/one.md")
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .passed, "success", "only-documentation")
        }
    }

    @Test func noGateApplies() async throws {
        let policy = """
            version: 1
            gates:
              release: { when: 'base("main")', require: qa }
            """
        try await Story.tell(policy: policy) { story in
            try await story.branch("release/1")
            let number = try await story.pull(to: "release/1")
            let checked = try await story.check(number)
            #expect(story.summary("release/1", of: checked) == "success")
            try expectTold(checked, .passed, nil, "no-gate-applies")
        }
    }

    /// The policy of an unprotected base is whatever its pushers like: the default branch's is used.
    @Test func otherBaseWithAPolicyOfItsOwn() async throws {
        try await Story.tell { story in
            try await story.branch("dev")
            try await story.change(
                ".countersign.yml", "version: 1\ngates:\n  easy: { require: engineers }\n", on: "dev",
                as: story.alice)
            let number = try await story.pull(to: "dev")
            try await story.approve(number, as: story.dave)
            let checked = try await story.check(number)
            #expect(story.summary("dev", of: checked) == "pending")
            try expectTold(checked, .held, nil, "other-base-unprotected")
            try await story.forge.protect("dev", of: story.repository, contexts: [], as: story.keeper)
            let again = try await story.check(number)
            #expect(story.summary("dev", of: again) == "success")
            try expectTold(again, .passed, nil, "other-base-protected")
        }
    }

    private static let softened = """
        version: 1
        groups:
          leads: engineers
        gates:
          qa-review:
            require: qa
            advisory: label("tier:low" by leads)
        """

    /// Alice opens her pull request with the label that would let it pass.
    @Test func labelByTheOpener() async throws {
        try await Story.tell(policy: Self.softened) { story in
            let label = try await story.label("tier:low")
            let number = try await story.pull()
            try await story.label(number, label, as: story.alice)
            try expectTold(await story.check(number), .held, "pending", "label-by-the-opener")
            try await story.unlabel(number, label, as: story.dave)
            try await story.label(number, label, as: story.dave)
            try expectTold(await story.check(number), .passed, "success", "label-by-a-lead")
        }
    }

    /// `POST /pulls` takes labels from anybody who can open a pull request.
    @Test func labelInTheOpening() async throws {
        let policy = """
            version: 1
            gates:
              qa-review:
                when: not label("trivial" by engineers)
                require: qa
            """
        try await Story.tell(policy: policy) { story in
            let label = try await story.label("trivial")
            try await story.forge.commit(
                [.create("src/one.swift", "one\n")], to: story.repository, branch: "main", newBranch: "feature/one",
                as: story.alice)
            let number = try await story.forge.pull(
                "Add one", from: "feature/one", of: story.repository, labels: [label], as: story.alice)
            try expectTold(await story.check(number), .held, "pending", "label-in-the-opening")
            try await story.unlabel(number, label, as: story.dave)
            try await story.label(number, label, as: story.dave)
            try expectTold(await story.check(number), .passed, "success", "label-by-an-engineer")
        }
    }

    /// 120 files come in three pages; the one that matters is on the last.
    @Test func manyFiles() async throws {
        let policy = """
            version: 1
            gates:
              infra: { when: 'changes("zz/**")', require: security }
            """
        try await Story.tell(policy: policy) { story in
            var files = (100..<219).map { StoryForge.FileChange.create("src/\($0).swift", "\($0)\n") }
            files.append(.create("zz/last.tf", "last\n"))
            try await story.forge.commit(
                files, to: story.repository, branch: "main", newBranch: "feature/many", as: story.alice)
            let number = try await story.forge.pull(
                "Add many", from: "feature/many", of: story.repository, as: story.alice)
            try expectTold(await story.check(number), .held, "pending", "many-files")
        }
    }

    /// Out of the guarded folder, and elsewhere: before 1.22.3 the forge does not tell the old names, and the trees do.
    @Test(.simulatorOnly, arguments: ["1.22.0", "1.22.3"]) func moved(version: String) async throws {
        let policy = """
            version: 1
            gates:
              infra: { when: 'changes("infra/**")', require: security }
            """
        try await Story.tell(policy: policy, version: ServerVersion(version)) { story in
            try await story.push("infra/one.tf", "one\n", to: "main", as: story.keeper)
            try await story.push("src/two.swift", "two\n", to: "main", as: story.keeper)
            func pull(_ title: String, _ from: String, _ text: String, _ branch: String) async throws -> Int {
                try await story.forge.commit(
                    [.delete(from), .create("docs/\(branch)", text)], to: story.repository, branch: "main",
                    newBranch: branch, as: story.alice)
                return try await story.forge.pull(title, from: branch, of: story.repository, as: story.alice)
            }
            let guarded = try await pull("Hide it", "infra/one.tf", "one\n", "guarded")
            #expect(try await story.check(guarded).summary == "pending")
            try await story.approve(guarded, as: story.carol)
            #expect(try await story.check(guarded).summary == "success")
            let other = try await pull("Move it", "src/two.swift", "two\n", "other")
            let checked = try await story.check(other)
            #expect(checked.summary == "success", "\(checked.told)")
        }
    }

    @Test func manyComments() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            for index in 1...60 {
                try await story.forge.must(
                    .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: story.alice,
                    ["body": .string("comment \(index)")])
            }
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .passed, "success", "many-comments")
        }
    }
}
