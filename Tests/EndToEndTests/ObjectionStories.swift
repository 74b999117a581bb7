import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Testing

/// Requests for changes, drafts, and what lifts them.
@Suite struct ObjectionStories {
    @Test func changesRequested() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.dave)
            try expectTold(await story.check(number), .held, "failure", "changes-requested")
        }
    }

    @Test func changesRequestedAndThenApproved() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.dave)
            try await story.approve(number, as: story.dave)
            try expectTold(await story.check(number), .passed, "success", "changes-requested-and-then-approved")
        }
    }

    /// Who approved and then asks for changes takes his approval back.
    @Test func approvedAndThenChangesRequested() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.bob)
            try expectTold(await story.check(number), .held, "failure", "approved-and-then-changes-requested")
        }
    }

    /// A push does not lift a request for changes.
    @Test func changesRequestedOnAnOlderHead() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.dave)
            try await story.push("src/two.swift", as: story.alice)
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .held, "failure", "changes-requested-on-an-older-head")
        }
    }

    /// Somebody from outside who may not write objects to a public repository's pull request.
    @Test func changesRequestedByAnOutsider() async throws {
        try await Story.tell(isPrivate: false) { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await story.forge.review("REQUEST_CHANGES", number, of: story.repository, as: story.erin)
            try expectTold(await story.check(number), .passed, "success", "changes-requested-by-an-outsider")
        }
    }

    /// `APPROVE` is GitHub's word; Gitea files a draft that nobody but bob sees.
    @Test func approvedWithTheWrongWord() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.forge.review("APPROVE", number, of: story.repository, as: story.bob)
            try await story.approve(number, as: story.carol)
            try expectTold(await story.check(number), .held, "pending", "approved-with-the-wrong-word")
        }
    }
}
