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
            #expect(record.leftAlone == .gone)
            let isGone = namesake == .none
            #expect(record.problem == "the forge has it no more" || !isGone)
            let others = try await service.store.repositories().filter { $0.id != id }
            #expect(others.map(\.isSkipped) == (isGone ? [] : [false]))
        }
    }

    /// One that the account is not shown any more is not gone: nobody looks behind its greens, and that is told.
    @Test(arguments: selections) func aRightThatIsTakenAway(_ patterns: [String]) async throws {
        try await tell(patterns) { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            let teams = try await story.forge.must(.GET, "/orgs/acme/teams", as: story.keeper).array ?? []
            let id = try #require(teams.first { $0["name"]?.string == "gates" }?["id"]?.int)
            let membership = "/teams/\(id)/members/\(story.gate.login)"
            try await story.forge.must(.DELETE, membership, as: story.keeper)
            for _ in 0..<6 { try await service.reconcile(after: 301) }
            let record = try await service.record(number)
            func problem() async throws -> String? { try await service.store.repository(record.repository)?.problem }
            #expect(try await problem() == "the service account is not shown it: give it write access")
            let freshness = try await service.gate.freshness()
            #expect(freshness.openPulls == 1 && freshness.age > .seconds(1_500), "\(freshness)")
            #expect(try await service.store.backlog(service.gate.now()).poisoned > 0)
            try await story.forge.must(.PUT, membership, as: story.keeper)
            for _ in 0..<4 { try await service.reconcile(after: 301) }
            #expect(try await problem() == nil)
            #expect(try await service.gate.freshness().age < .seconds(60))
            // Where no list can be had, nobody knows.
            try await story.forge.must(.DELETE, membership, as: story.keeper)
            try #require(story.simulator).faults.add(Fault(path: "/orgs/acme/teams", kind: .status(403)))
            for _ in 0..<3 { try await service.reconcile(after: 301) }
            #expect(try await problem() == "it is gone, or not shown to the service account")
        }
    }

    /// Gone before anybody looked: it is nobody's debt.
    @Test func aRepositoryThatWasNeverSeen() async throws {
        try await tell([]) { story, service in
            _ = try await story.pull()
            try await service.hear()
            try await story.forge.must(.DELETE, "/repos/\(story.repository)", as: story.keeper)
            for _ in 0..<6 { try await service.reconcile(after: 301) }
            try await expectRest(service)
        }
    }

    /// Without its pull requests a repository has none that could fail; and they are back when they are.
    @Test(arguments: selections) func itsPullRequestsAreSwitchedOff(_ patterns: [String]) async throws {
        try await tell(patterns) { story, service in
            func turn(_ isOn: Bool) async throws {
                try await story.forge.must(
                    .PATCH, "/repos/\(story.repository)", as: story.keeper, ["has_pull_requests": .bool(isOn)])
            }
            let number = try await story.pull()
            try await service.settle()
            try await turn(false)
            try #require(story.simulator).world.push(
                to: "main", of: story.repository, as: story.keeper.login, files: ["a.md": "a\n"])
            try await service.hear()
            for _ in 0..<6 { try await service.reconcile(after: 301) }
            try await expectRest(service)
            #expect(try await service.store.repositories().map(\.isSkipped) == [false])
            #expect(try await service.store.repositories().map(\.problem) == [nil])
            try await turn(true)
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    /// One answer that it is not there, after two of another kind, closes nothing that the list still has.
    @Test func aPullRequestThatWasNotFoundOnce() async throws {
        try await tell([]) { story, service in
            let number = try await story.pull()
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            try await service.settle()
            let name = try #require(RepositoryName(story.repository))
            let path = "/repos/\(story.repository)/pulls/\(number)"
            let faults = try #require(story.simulator).faults
            try await service.gate.refire(name, .pull(Int64(number)))
            for status in [502, 502, 404] {
                faults.add(Fault(path: path, as: story.gate.login, kind: .status(status)))
                try await service.work()
                faults.clear()
                story.clock.advance(by: 60)
            }
            #expect(try await service.record(number).state == .open)
            #expect(try await service.store.failing().map(\.attempts) == [3])
            try await service.work()
            #expect(try await service.summary(number).hasPrefix("success"))
        }
    }

    /// What is left alone is asked for with a part of the calls, and a list that cannot be had is not asked for at once.
    @Test(arguments: [true, false]) func manyOfThem(_ listFails: Bool) async throws {
        try await tell(listFails ? ["acme/*"] : []) { story, service in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            let review = try await story.forge.review("APPROVED", number, of: story.repository, as: story.carol)
            try await service.settle()
            try await service.reconcile()
            #expect(try await service.summary(number).hasPrefix("success"))
            for id in 1...(listFails ? 20 : 300) {
                try await service.store.discover(
                    Int64(10_000 + id), RepositoryName(owner: "acme", name: "old-\(id)"), isPrivate: true,
                    defaultBranch: "main", leftAlone: .archived)
            }
            let simulator = try #require(story.simulator)
            if listFails { simulator.faults.add(Fault(path: "/orgs/acme/*", kind: .status(502))) }
            story.clock.advance(by: 301)
            for _ in 0..<30 {
                await service.gate.reconcile()
                try await service.work()
                story.clock.advance(by: 1)
            }
            try await story.forge.dismiss(review, of: number, story.repository, as: story.keeper)
            service.loseDeliveries()
            simulator.requests.reset()
            for _ in 0..<120 {
                await service.gate.reconcile()
                try await service.work()
                story.clock.advance(by: 1)
            }
            #expect(try await !service.summary(number).hasPrefix("success"))
            let calls = simulator.requests.all.filter { $0.login == story.gate.login || $0.login == story.keeper.login }
            #expect(calls.count < 400, "\(calls.count)")
            #expect(calls.contains { $0.path.contains("/old-") })
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
            #expect(try await service.store.repositories().map(\.leftAlone) == [.archived])
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
            #expect(try await service.store.repositories().map(\.leftAlone) == [.mirror])
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
            #expect(shown["countersign: main"]?.1 == "not the head of an open pull request into main", "\(shown)")
        }
    }
}
