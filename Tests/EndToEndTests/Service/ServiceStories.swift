import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import Testing

/// Webhooks in, statuses out.
@Suite(.simulatorOnly) struct ServiceStories {
    @Test func fromOpeningToGreen() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let opened = try await service.summary(number)
            #expect(opened.hasPrefix("pending: waiting: "), "\(opened)")
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(number) == "success: passed: qa-review, security-review")
            let record = try await service.record(number)
            #expect(record.decision?.outcome == .approved)
            let history = try await service.store.history(record.repository, record.number)
            #expect(history.map(\.outcome) == [.approved, .waiting])
        }
    }

    /// Any number of deliveries for one pull request is one evaluation, and one that comes meanwhile is one more.
    @Test func aBurstIsAtMostTwoEvaluations() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            for turn in 0..<50 {
                try await story.forge.review(
                    "COMMENT", number, of: story.repository, text: "look \(turn)", as: story.bob)
            }
            #expect(try await service.hear() >= 50)
            let simulator = try #require(story.simulator)
            simulator.beforeResponse = { record, _ in
                guard record.path.hasSuffix("/reviews"), record.method == "GET" else { return }
                simulator.beforeResponse = nil
                // Fifty more arrive while the first evaluation reads.
                for turn in 50..<100 {
                    _ = try? await story.forge.review(
                        "COMMENT", number, of: story.repository, text: "look \(turn)", as: story.bob)
                }
                _ = try? await service.hear()
            }
            let worked = try await service.work()
            #expect(worked.count == 2, "\(worked)")
        }
    }
}
