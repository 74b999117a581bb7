import CountersignCLI
import Foundation
import GiteaSimulator
import NIOHTTP1
import Testing

/// What is posted and printed, and what a second look changes.
@Suite struct FormatStories {
    private func half(_ story: Story) async throws -> Int {
        let number = try await story.pull()
        try await story.approve(number, as: story.bob)
        return number
    }

    @Test(.simulatorOnly) func secondCheckPostsNothing() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            _ = try await story.check(number)
            story.simulator?.requests.reset()
            try expectTold(await story.check(number), .held, "pending", "second-check")
            #expect(story.simulator?.requests.all.contains { $0.method != "GET" } != true)
        }
    }

    @Test func dryRun() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            try expectTold(await story.check(number, ["--dry-run"]), .held, nil, "dry-run")
        }
    }

    /// What another policy would say; it implies `--dry-run`.
    @Test func anotherPolicy() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let files = [
                "new.yml": "version: 1\ngates:\n  qa-review: { require: qa }\n",
                "broken.yml": "version: 1\ngates:\n  qa-review: { requir: qa }\n",
            ]
            try expectTold(
                await story.check(number, ["--policy", "new.yml"], files: files), .passed, nil, "another-policy")
            try expectTold(
                await story.check(number, ["--policy", "broken.yml"], files: files), .invalidPolicy, nil,
                "another-policy-broken")
            try expectTold(
                await story.check(number, ["--policy", "missing.yml"], files: files), .usage, nil,
                "another-policy-missing")
        }
    }

    @Test(.simulatorOnly) func json() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let checked = try await story.check(number, ["--format", "json"])
            let object = try JSONSerialization.jsonObject(with: Data(checked.output.utf8))
            let top = try #require(object as? [String: Any])
            #expect(top["result"] as? String == "waiting")
            #expect(top["exitStatus"] as? Int == 1)
            try expectTold(checked, .held, "pending", "json")
        }
    }

    @Test func annotations() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            try expectTold(
                await story.check(number, ["--format", "annotations"]), .held, "pending", "annotations")
        }
    }

    @Test func annotationsOfABrokenPolicy() async throws {
        let policy = "version: 1\ngates:\n  qa-review:\n    require: 0 of qa\n    whne: true\n"
        try await Story.tell(policy: policy) { story in
            let number = try await half(story)
            try expectTold(
                await story.check(number, ["--format", "annotations"]), .invalidPolicy, "error",
                "annotations-of-a-broken-policy")
        }
    }

    @Test func annotationsOfAnUndecided() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            try await story.forge.deleteToken(story.keeper, named: "directory")
            try expectTold(
                await story.check(number, ["--format", "annotations"], environment: Story.alone), .undecided, "error",
                "annotations-of-an-undecided")
        }
    }

    /// Nothing in the verdict is wrong, and the check fails all the same: the run must say where.
    @Test func annotationsOfAHeldCommit() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            try await story.approve(number, as: story.carol)
            try await story.forge.branch("feature/two", from: "feature/one", of: story.repository, as: story.dave)
            _ = try await story.forge.pull("Same", from: "feature/two", of: story.repository, as: story.dave)
            let checked = try await story.check(number, ["--format", "annotations"])
            #expect(checked.exitStatus == 1)
            #expect(checked.output.hasSuffix("::error::held by acme/widget#2, which has the same commit: waiting\n"))
        }
    }

    @Test func annotationsOfARefusedPost() async throws {
        try await Story.tell { story in
            let number = try await half(story)
            let token = try await story.forge.token(
                story.gate, named: "readonly", scopes: ["read:repository", "read:issue", "read:user"])
            let checked = try await story.check(number, token: token, ["--format", "annotations"])
            #expect(checked.exitStatus == 2)
            #expect(checked.output.contains("::error title=countersign%3A main::not posted: `forge.token` lacks"))
        }
    }
}
