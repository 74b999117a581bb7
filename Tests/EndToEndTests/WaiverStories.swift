import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Letting a gate go unmet, by a comment.
@Suite struct WaiverStories {
    /// A pull request that security has signed and QA has not.
    private static func signedBySecurity(_ story: Story) async throws -> Int {
        let number = try await story.pull()
        try await story.approve(number, as: story.carol)
        return number
    }

    private static func say(_ text: String, _ number: Int, _ story: Story, as person: Story.Person) async throws -> Int
    {
        let comment = try await story.forge.must(
            .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: person, ["body": .string(text)])
        try await story.forge.tick()
        return comment["id"]?.int ?? 0
    }

    @Test func waivedByWhoMay() async throws {
        try await Story.tell { story in
            let number = try await Self.signedBySecurity(story)
            _ = try await Self.say("/waive qa-review: nothing to test here", number, story, as: story.carol)
            let checked = try await story.check(number)
            try expectTold(checked, .passed, "success", "waived")
        }
    }

    @Test func waivedByWhoMayNot() async throws {
        try await Story.tell { story in
            let number = try await Self.signedBySecurity(story)
            _ = try await Self.say("/waive qa-review: I am in a hurry", number, story, as: story.dave)
            let checked = try await story.check(number)
            try expectTold(checked, .held, "pending", "waived-by-who-may-not")
        }
    }

    @Test func waivedWithoutAReason() async throws {
        try await Story.tell { story in
            let number = try await Self.signedBySecurity(story)
            _ = try await Self.say("/waive qa-review", number, story, as: story.carol)
            let checked = try await story.check(number)
            try expectTold(checked, .held, "pending", "waived-without-a-reason")
        }
    }

    @Test func waivedAndThenPushed() async throws {
        try await Story.tell { story in
            let number = try await Self.signedBySecurity(story)
            _ = try await Self.say("/waive qa-review: nothing to test here", number, story, as: story.carol)
            try await story.forge.commit(
                [.create("src/two.swift", "two\n")], to: story.repository, branch: "feature/one", as: story.alice)
            let checked = try await story.check(number)
            try expectTold(checked, .held, "pending", "waived-and-then-pushed")
        }
    }

    @Test func takenBack() async throws {
        try await Story.tell { story in
            let number = try await Self.signedBySecurity(story)
            _ = try await Self.say("/waive qa-review: nothing to test here", number, story, as: story.carol)
            _ = try await Self.say("/revoke qa-review: there is after all", number, story, as: story.carol)
            let checked = try await story.check(number)
            try expectTold(checked, .held, "pending", "waiver-taken-back")
        }
    }

    /// A repository's administrator can edit anybody's comment, and it stays under its author's name.
    @Test func aCommentOfSecurityThatSomebodyElseEdited() async throws {
        try await Story.tell { story in
            let number = try await Self.signedBySecurity(story)
            let comment = try await Self.say("good morning", number, story, as: story.carol)
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/issues/comments/\(comment)", as: story.keeper,
                ["body": "/waive qa-review: forged"])
            let checked = try await story.check(number)
            try expectTold(checked, .held, "pending", "waiver-in-an-edited-comment")
        }
    }

    @Test func aMisspeltGateIsNamed() async throws {
        try await Story.tell { story in
            let number = try await Self.signedBySecurity(story)
            _ = try await Self.say("/waive qa-reveiw: nothing to test here", number, story, as: story.carol)
            let checked = try await story.check(number)
            try expectTold(checked, .held, "pending", "waiver-misspelt")
        }
    }
}
