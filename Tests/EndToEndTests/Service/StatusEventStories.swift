import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// From 1.23 on the forge tells of statuses: what concerns nobody wakes nobody, and what is forged is answered at once.
@Suite(.simulatorOnly) struct StatusEventStories {
    private static let version = ServerVersion("1.24.0")
    private static let policy = """
        version: 1
        gates:
          built: { require: 'status("ci/build" from @dave)' }
          qa-review: { require: qa }

        """

    @Test(arguments: [("1.22.0", false), ("1.23.0", true), ("1.24.0", true), ("7.0.4+gitea-1.22.0", false)])
    func aForgedGreenIsAnsweredByTheEvent(_ version: String, _ isTold: Bool) async throws {
        try await Service.tell(version: ServerVersion(version)) { story, service in
            let number = try await story.pull()
            try await service.settle()
            let waits = try await service.summary(number)
            #expect(waits.hasPrefix("pending: waiting: "), "\(waits)")
            try await story.post("success", "countersign: main", on: number, as: story.dave)
            try await story.post("success", "countersign/qa-review: main", on: number, as: story.dave)
            // Nothing but events, and no time passes.
            try await service.settle()
            #expect(try await service.summary(number) == (isTold ? waits : "success: it is fine"))
            #expect(
                try await service.statuses(number)["countersign/qa-review: main"]?.0 == (isTold ? "pending" : "success")
            )
            let record = try await service.record(number)
            #expect(try await service.store.foreignStatuses(record.repository).count == (isTold ? 2 : 0))
        }
    }

    /// Our own posts come back as events: they say nothing new.
    @Test func ourOwnStatusesWakeNobody() async throws {
        try await Service.tell(policy: Self.policy, version: Self.version) { story, service in
            let number = try await story.pull()
            try await service.hear()
            try await service.work()
            #expect(try await service.summary(number).hasPrefix("pending"))
            #expect(try await service.hear() >= 3, "the forge tells of our posts")
            #expect(try await service.work().isEmpty)
        }
    }

    /// A check in CI with the service's own token, or `refire --direct`, knows less: what it posts over ours is found.
    @Test(arguments: ["countersign: main", "countersign/qa-review: main"])
    func anotherProcessPostsWithOurToken(_ context: String) async throws {
        try await Service.tell(version: Self.version) { story, service in
            let number = try await story.pull()
            try await service.settle()
            let waits = try await service.statuses(number)[context]
            #expect(waits?.0 == "pending")
            try await story.post("success", context, on: number, as: story.gate)
            try await service.settle()
            #expect(try await service.statuses(number)[context]?.1 == waits?.1)
        }
    }

    /// A build's status wakes those whose policy asks for statuses.
    @Test func aStatusOfABuild() async throws {
        try await Service.tell(policy: Self.policy, version: Self.version) { story, service in
            let number = try await story.pull()
            try await service.settle()
            try await story.post("success", "ci/build", on: number, as: story.dave)
            try await service.hear()
            #expect(try await service.work().map(\.target) == [.pull(Int64(number))])
            #expect(try await service.statuses(number)["countersign/built: main"]?.0 == "success")
        }
        try await Service.tell(version: Self.version) { story, service in
            let number = try await story.pull()
            try await service.settle()
            for context in ["ci/build", "ci/test", "ci/lint"] {
                try await story.post("success", context, on: number, as: story.dave)
            }
            #expect(try await service.hear() == 3)
            #expect(try await service.work().isEmpty, "this policy does not ask for statuses")
        }
    }
}
