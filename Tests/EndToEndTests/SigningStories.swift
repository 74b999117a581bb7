import Testing

/// Who signed, and what that came to.
@Suite struct SigningStories {
    @Test func bothSigned() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 0)
            #expect(checked.summary == "success")
            try expectTold(checked, "both-signed")
        }
    }

    @Test func onlyOneSigned() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            let checked = try await story.check(number)
            #expect(checked.exitStatus == 1)
            #expect(checked.summary == "pending")
            try expectTold(checked, "only-one-signed")
        }
    }
}
