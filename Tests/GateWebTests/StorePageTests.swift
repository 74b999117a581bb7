import GatePolicy
import GateStore
import Testing

@testable import GateWeb

/// The pages over the service's own store.
struct StorePageTests {
    static let now = Moment(Scene.now)

    static func store(_ scenes: [Scene]) async throws -> Store {
        let store = try Store.inMemory()
        for scene in scenes {
            let record = DecisionRecord(
                repository: scene.facts.repository, pullRequest: scene.facts.pullRequest,
                result: .verdict(try scene.verdict()),
                statuses: [.init(context: "countersign: main", state: .pending, description: "", result: .failed)])
            try await store.see(
                SeenPull(repository: scene.facts.repository, pullRequest: scene.facts.pullRequest), at: now)
            try await store.record(record, cause: "pull_request", at: now)
        }
        return store
    }

    @Test func whatWasDecidedIsShown() async throws {
        var passing = Scene(number: 13, title: "Add a search box")
        passing.passes()
        let source = PageSource(try await Self.store([Scene(), passing]))
        let view = try #require(try await source.pull(Scene.repository, 12))
        #expect(view.title == "Rotate the keys every hour" && view.outcome == .waiting && view.repositoryID == 7)
        #expect(view.decidedAt == Scene.now && view.history.count == 1 && !view.isOutdated)
        #expect(view.notes == ["The status `countersign: main` could not be posted; it is tried again."])
        #expect(try await source.pull(RepositoryName(owner: "ACME", name: "Widget"), 12)?.number == 12)
        #expect(try await source.pull(Scene.repository, 99) == nil)
        let repository = try #require(try await source.repository(Scene.repository, 10))
        #expect(repository.pulls.map(\.number) == [13, 12])
        let overview = try await source.overview(10)
        #expect(overview.waiting.map(\.number) == [12] && overview.passing == 1 && overview.notPassing == 1)
        #expect(overview.lookedAtSince == Scene.now)
    }

    @Test func aNewerHeadMakesAGreenVerdictNoAnswer() async throws {
        var passing = Scene(title: "Add a search box")
        passing.passes()
        let store = try await Self.store([passing])
        let before = try #require(try await PageSource(store).pull(Scene.repository, 12))
        #expect(MergeAnswer(before) == .yes)
        passing.facts.pullRequest.head = Scene.commit("d")
        try await store.see(
            SeenPull(repository: passing.facts.repository, pullRequest: passing.facts.pullRequest), at: Self.now)
        let after = try #require(try await PageSource(store).pull(Scene.repository, 12))
        #expect(after.isOutdated && MergeAnswer(after) == .notYet && after.head == Scene.commit("d"))
    }

    @Test func whatWasOnlySeenIsNotYetAnswered() async throws {
        let store = try Store.inMemory()
        let scene = Scene()
        try await store.see(
            SeenPull(repository: scene.facts.repository, pullRequest: scene.facts.pullRequest), at: Self.now)
        let view = try #require(try await PageSource(store).pull(Scene.repository, 12))
        #expect(MergeAnswer(view) == .unread)
    }
}
