import GateForge
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import Testing

/// Another account posts the statuses from now on.
@Suite(.simulatorOnly) struct AccountStories {
    /// What the one before posted is nobody else's, as it was written down; whoever still has its token is.
    @Test func anAccountThatTakesTheOthersPlace() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await service.settle()
            let next = try await Service(story, store: service.store, token: story.dave.token)
            let name = try #require(RepositoryName(story.repository))
            func look() async throws -> [String] {
                try await next.gate.refire(name, .pull(Int64(number)))
                try await next.work()
                return try await service.store.standingForeignStatuses(limit: 10).map {
                    "\($0.status.creator?.login ?? "?") \($0.status.state?.rawValue ?? "?") \($0.status.isFavourable)"
                }
            }
            #expect(try await look() == [])
            #expect(try await next.summary(number).hasPrefix("pending: "))
            try await story.post("pending", "countersign/qa-review: main", on: number, as: story.gate)
            try await story.post("success", "countersign: main", on: number, as: story.gate)
            let found = try await look().sorted()
            #expect(found == ["gate pending false", "gate success true"], "\(found)")
            #expect(try await next.summary(number).hasPrefix("pending: "))
            await next.gate.forge.shutdown()
        }
    }
}
