import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// What is deleted, archived or a mirror is nobody's debt, however the settings name it.
@Suite(.simulatorOnly) struct GoneStories {
    /// Every repository of an owner, one by its name, all that send something.
    static let selections = [["acme/*"], ["acme/widget"], []]

    private func tell(_ patterns: [String], _ body: (Story, Service) async throws -> Void) async throws {
        let selection = patterns.isEmpty ? RepositorySelection.all : try RepositorySelection(patterns)
        try await Service.tell(settings: GateSettings(repositories: selection), body)
    }

    /// Nothing is due, fails or grows old.
    private func expectRest(_ service: Service, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let backlog = try await service.store.backlog(service.gate.now())
        #expect(
            backlog.poisoned == 0 && backlog.events == 0 && backlog.background == 0, "\(backlog)",
            sourceLocation: sourceLocation)
        #expect(try await service.gate.freshness().openPulls == 0, sourceLocation: sourceLocation)
    }

    /// What happened to its name since.
    enum Namesake: CaseIterable, Sendable {
        case none, empty, busy
    }

    @Test(arguments: selections, Namesake.allCases)
    func aRepository(_ patterns: [String], _ namesake: Namesake) async throws {
        try await tell(patterns) { story, service in
            let number = try await story.pull()
            try await service.settle()
            let id = try await service.record(number).repository
            try await story.forge.must(.DELETE, "/repos/\(story.repository)", as: story.keeper)
            if namesake != .none { try await story.forge.repository("widget", of: "acme", as: story.keeper) }
            if namesake == .busy { _ = try await story.pull() }
            for _ in 0..<6 { try await service.reconcile(after: 301) }
            try await expectRest(service)
            let record = try #require(try await service.store.repository(id))
            #expect(record.isSkipped)
            let isGone = namesake == .none
            #expect(record.problem == "the forge has it no more" || !isGone)
            let others = try await service.store.repositories().filter { $0.id != id }
            #expect(others.map(\.isSkipped) == (isGone ? [] : [false]))
        }
    }

    @Test(arguments: selections) func anArchive(_ patterns: [String]) async throws {
        try await tell(patterns) { story, service in
            func archive(_ isArchived: Bool) async throws {
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)", as: story.keeper, ["archived": .bool(isArchived)])
            }
            let number = try await story.pull()
            try await service.settle()
            try await archive(true)
            for _ in 0..<4 { try await service.reconcile(after: 301) }
            try await expectRest(service)
            #expect(try await service.store.repositories().map(\.isSkipped) == [true])
            let log = try #require(story.simulator).requests
            log.reset()
            try await service.reconcile(after: 901)
            #expect(!log.all.contains { $0.login == story.gate.login && $0.path.contains("/pulls") })
            // It is taken up again.
            try await archive(false)
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            service.loseDeliveries()
            try await service.reconcile(after: 301)
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    @Test func aMirror() async throws {
        try await tell(["acme/*"]) { story, service in
            let number = try await story.pull()
            service.loseDeliveries()
            try #require(story.simulator).world.makeMirror(story.repository)
            try await service.reconcile()
            #expect(try await service.store.repositories().map(\.isSkipped) == [true])
            #expect(try await service.statuses(number).isEmpty)
        }
    }

    @Test func aPullRequest() async throws {
        try await tell([]) { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            let head = try await story.forge.head(of: number, story.repository)
            try #require(story.simulator).world.delete(pull: number, of: story.repository)
            service.loseDeliveries()
            for _ in 0..<4 { try await service.reconcile(after: 301) }
            try await expectRest(service)
            #expect(try await service.record(number).state == .closed)
            #expect(try await service.store.repositories().map(\.isSkipped) == [false])
            let shown = try await story.forge.statuses(on: head, of: story.repository)
            #expect(shown["countersign: main"]?.1 == "not the head of an open pull request", "\(shown)")
        }
    }
}
