import GateForge
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import Testing

/// The forge tells of a push twice: once of the branch, and once of each pull request that comes from it.
@Suite(.simulatorOnly) struct TwoDeliveriesStories {
    /// A pull request at rest, an approval of which is older than the push; and what the forge tells of that.
    private static func pushed(
        _ body: (Story, Service, Int, (branch: [PendingDelivery], pull: [PendingDelivery])) async throws -> Void
    ) async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await service.settle()
            story.clock.advance(by: 2)
            try await service.settle()
            try await story.push("src/more.swift", as: story.alice)
            let told = try #require(story.simulator).world.takeDeliveries()
            let branch = told.filter { $0.event == "push" }
            let pull = told.filter { $0.event != "push" }
            #expect(branch.count == 1 && pull.count == 1, "\(told.map(\.eventType))")
            try await body(story, service, number, (branch, pull))
        }
    }

    private func pulls(_ claims: [Claim]) -> [Mark.Target] {
        claims.map(\.target).filter { if case .pull = $0 { true } else { false } }
    }

    /// Whichever comes first, and however far the first look is by then.
    @Test(arguments: [true, false]) func bothAreOneLook(_ isBranchFirst: Bool) async throws {
        try await Self.pushed { story, service, number, told in
            let (first, second) = isBranchFirst ? (told.branch, told.pull) : (told.pull, told.branch)
            try await service.hear(first)
            let early = try await service.work()
            try await service.hear(second)
            let late = try await service.work()
            #expect(pulls(early + late) == [.pull(Int64(number))])
            story.clock.advance(by: 1)
            #expect(try await service.work().map(\.target) == [.branch("feature/one")])
            #expect(try await service.summary(number).hasPrefix("pending: "))
        }
    }

    @Test func theBranchIsToldOfDuringTheLook() async throws {
        try await Self.pushed { story, service, number, told in
            let simulator = try #require(story.simulator)
            try await service.hear(told.pull)
            simulator.beforeResponse = { record, _ in
                guard record.path.hasSuffix("/reviews") else { return }
                simulator.beforeResponse = nil
                _ = try? await service.hear(told.branch)
            }
            #expect(pulls(try await service.work()) == [.pull(Int64(number))])
            story.clock.advance(by: 1)
            #expect(try await service.work().map(\.target) == [.branch("feature/one")])
        }
    }

    /// The look may have read what was before: exactly one more.
    @Test func thePullRequestIsToldOfDuringALook() async throws {
        try await Self.pushed { story, service, number, told in
            let simulator = try #require(story.simulator)
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            simulator.beforeResponse = { record, _ in
                guard record.path.hasSuffix("/reviews") else { return }
                simulator.beforeResponse = nil
                _ = try? await service.hear(told.branch + told.pull)
            }
            #expect(pulls(try await service.work()).count == 2)
            story.clock.advance(by: 1)
            #expect(try await service.work().map(\.target) == [.branch("feature/one")])
        }
    }

    /// A forge delivers once at most: the branch alone tells enough, a second later.
    @Test func thePullRequestIsNotToldOf() async throws {
        try await Self.pushed { story, service, number, told in
            try await service.hear(told.branch)
            #expect(try await service.work().isEmpty)
            story.clock.advance(by: 1)
            #expect(try await service.work().map(\.target) == [.branch("feature/one"), .pull(Int64(number))])
            #expect(try await service.summary(number).hasPrefix("pending: "))
        }
    }

    /// What goes into a branch may be judged by what it has: that waits for nothing.
    @Test func aBranchThatSomethingGoesInto() async throws {
        try await Service.tell { story, service in
            _ = try await story.pull()
            _ = try await story.pull(file: "src/two.swift", branch: "feature/two", to: "feature/one")
            try await service.settle()
            story.clock.advance(by: 2)
            try await service.settle()
            for branch in ["feature/one", "main"] {
                let world = try #require(story.simulator).world
                try world.push(to: branch, of: story.repository, as: story.keeper.login, files: ["x.md": "\(branch)\n"])
                try await service.hear()
                #expect(try await service.work().contains { $0.target == .branch(branch) })
            }
        }
    }
}
