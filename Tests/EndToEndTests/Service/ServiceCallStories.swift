import GateForge
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// What the service costs the forge: the calls for each kind of event, and for looking again.
@Suite(.simulatorOnly) struct ServiceCallStories {
    private static let policy = """
        version: 1
        gates:
          qa-review: { require: qa }
          security-review: { require: security }

        """

    private static func settings() throws -> GateSettings {
        GateSettings(
            deciding: DecidingSettings(usesOrganizationPolicy: false),
            repositories: try RepositorySelection(["acme/*"]))
    }

    /// The calls since the log was reset, each with its number, reads first.
    private static func told(_ title: String, _ log: RequestLog) -> String {
        func lines(_ calls: [String]) -> String {
            Dictionary(grouping: calls) { $0 }.map { ($0.key, $0.value.count) }.sorted { $0.0 < $1.0 }.map {
                "    \($0.0)\($0.1 > 1 ? " ×\($0.1)" : "")\n"
            }.joined()
        }
        let ours = log.all.filter { $0.login == nil || $0.login == "gate" || $0.login == "keeper" }
        let (reads, writes) = (ours.filter { $0.method == "GET" }, ours.filter { $0.method != "GET" })
        return "\(title): \(reads.count) reads, \(writes.count) writes\n" + lines(reads.map(\.pattern))
            + lines(writes.map(\.pattern))
    }

    @Test func everyKindOfEvent() async throws {
        try await Service.tell(policy: Self.policy, settings: Self.settings()) { story, service in
            let log = try #require(story.simulator).requests
            var text = ""
            func happens(_ title: String, _ act: () async throws -> Void) async throws {
                try await act()
                try await service.hear()
                log.reset()
                try await service.work()
                // What waits for the other delivery of a push has its turn then.
                story.clock.advance(by: 1)
                try await service.work()
                text += Self.told(title, log)
                // What our own posts brought.
                try await service.settle()
            }
            var number = 0
            try await happens("opened, the first of its repository") { number = try await story.pull() }
            try await happens("opened, another one") {
                _ = try await story.pull("Add two", file: "src/two.swift", branch: "feature/two")
            }
            try await happens("a review that leaves it waiting") { try await story.approve(number, as: story.bob) }
            try await happens("a review that lets it pass") { try await story.approve(number, as: story.carol) }
            try await happens("a comment") {
                try await story.forge.must(
                    .POST, "/repos/\(story.repository)/issues/\(number)/comments", as: story.dave, ["body": "hm"])
                try await story.forge.tick()
            }
            let label = try await story.label("odd")
            try await happens("a label") { try await story.label(number, label, as: story.dave) }
            try await happens("somebody else's status, which this server tells nobody of") {
                try await story.post("success", "build", on: number, as: story.dave)
            }
            try await happens("a push") { try await story.push("src/three.swift", as: story.alice) }
            try await happens("asked by the operator") {
                try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            }
            try await service.reconcile()
            log.reset()
            try await service.reconcile(after: 301)
            text += Self.told("nothing happened for five minutes, two pull requests are looked at again", log)
            try expectTold(text, "calls/service.txt")
        }
    }

    /// The pull request and its reviews in one round; then the gate's post beside one last look, and the summary.
    @Test func aReviewTakesThreeCallsTime() async throws {
        try await Service.tell(policy: Self.policy, settings: Self.settings()) { story, service in
            let number = try await service.lastApprovalHeard()
            let simulator = try #require(story.simulator)
            let rounds = CallRounds([2, 2])
            simulator.requests.reset()
            simulator.beforeResponse = { record, _ in
                if record.method == "GET" { await rounds.arrive(record.pattern) }
            }
            try await service.work()
            simulator.beforeResponse = nil
            #expect(
                rounds.calls.map { $0.sorted() } == [
                    ["GET /repos/*/pulls/*", "GET /repos/*/pulls/*/reviews"],
                    ["GET /repos/*/commits/*/status", "GET /repos/*/issues/*/timeline"],
                ])
            #expect(simulator.requests.all.count { $0.method == "POST" } == 2)
            #expect(try await service.summary(number) == "success: passed: qa-review, security-review")
        }
    }

    /// One call for each pull request where nothing changed, beside the list that shows fifty.
    @Test func lookingAgainCostsOneCallEach() async throws {
        var settings = try Self.settings()
        settings.peopleSeconds = 3600
        settings.backgroundCalls = 1000
        try await Service.tell(policy: Self.policy, settings: settings) { story, service in
            for number in 1...6 {
                _ = try await story.pull("Add \(number)", file: "src/\(number).swift", branch: "feature/\(number)")
            }
            try await service.settle()
            try await service.reconcile()
            let log = try #require(story.simulator).requests
            log.reset()
            story.clock.advance(by: 301)
            await service.gate.reconcile()
            let worked = try await service.work()
            #expect(worked.count == 6)
            let calls = log.all.map(\.pattern)
            #expect(calls.count { $0 == "GET /repos/*/pulls/*/reviews" } == 6)
            #expect(calls.count { $0.hasPrefix("GET /repos/*/pulls/*") } == 6, "\(calls)")
            #expect(calls.count { $0 == "GET /repos/*/pulls" } == 1)
            #expect(calls.count == 7, "\(calls)")
            // It counts as looked at.
            #expect(try await service.gate.freshness().age <= .seconds(1))
        }
    }
}
