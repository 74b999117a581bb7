import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// What was once seen stays seen.
@Suite(.simulatorOnly) struct MemoryStories {
    @Test func aRevokeStandsAfterItsCommentIsGone() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.carol)
            let comments = "/repos/\(story.repository)/issues/\(number)/comments"
            try await story.forge.must(
                .POST, comments, as: story.carol, ["body": "/waive qa-review nobody is there today"])
            try await story.forge.tick()
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
            let revoke = try await story.forge.must(
                .POST, comments, as: story.carol, ["body": "/revoke qa-review"])
            try await story.forge.tick()
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            let id = try #require(revoke["id"]?.int)
            try await story.forge.must(
                .DELETE, "/repos/\(story.repository)/issues/comments/\(id)", as: story.keeper)
            try await service.settle()
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"), "the waiver must not come back")
        }
    }

    @Test func commandsAreAnsweredByReactions() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let comments = "/repos/\(story.repository)/issues/\(number)/comments"
            for (person, body) in [
                (story.carol, "/waive qa-review it is only a test"), (story.dave, "/waive qa-review me too"),
                (story.bob, "/waive nothing-of-that-name because"),
            ] {
                try await story.forge.must(.POST, comments, as: person, ["body": .string(body)])
                try await story.forge.tick()
            }
            let log = try #require(story.simulator).requests
            log.reset()
            try await service.settle()
            #expect(log.all.count { $0.method == "POST" && $0.path.hasSuffix("/reactions") } == 3)
            // Each is answered once.
            log.reset()
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(!log.all.contains { $0.path.hasSuffix("/reactions") })
        }
    }
}
