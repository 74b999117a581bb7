import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// The forge really refuses, and really lets in.
@Suite struct MergeStories {
    private func protected(_ story: Story) async throws -> Int {
        let number = try await story.pull()
        try await story.forge.protect(
            "main", of: story.repository, contexts: ["countersign: main"], as: story.keeper)
        return number
    }

    private func refusal(_ story: Story, _ number: Int) async throws -> String {
        let answer = try await story.forge.merge(number, of: story.repository, as: story.alice)
        #expect(answer.status == 405)
        return answer.json["message"]?.string ?? ""
    }

    @Test func refusedUntilGreen() async throws {
        try await Story.tell { story in
            let number = try await protected(story)
            let reason = "not allowed to merge [reason: Not all required status checks successful]"
            // Nothing was posted at all: from 1.22.0 that is no green.
            try #expect(await refusal(story, number) == reason)
            try #expect(await story.check(number).exitStatus == 1)
            try #expect(await refusal(story, number) == reason)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.dave)
            try #expect(await story.check(number).summary == "failure")
            try #expect(await refusal(story, number) == reason)
            try await story.approve(number, as: story.dave)
            try #expect(await story.check(number).exitStatus == 0)
            try #expect(await story.forge.merge(number, of: story.repository, as: story.alice).status == 200)
        }
    }

    @Test func refusedAfterAPush() async throws {
        try await Story.tell { story in
            let number = try await protected(story)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try #expect(await story.check(number).exitStatus == 0)
            try await story.push("src/two.swift", as: story.alice)
            _ = try await refusal(story, number)
            try #expect(await story.check(number).exitStatus == 1)
            _ = try await refusal(story, number)
        }
    }

    /// Undecided is red: nothing goes in because a token was deleted.
    @Test func refusedWhileUndecided() async throws {
        try await Story.tell { story in
            let number = try await protected(story)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.forge.deleteToken(story.keeper, named: "directory")
            try #expect(await story.check(number).exitStatus == 2)
            _ = try await refusal(story, number)
        }
    }
}
