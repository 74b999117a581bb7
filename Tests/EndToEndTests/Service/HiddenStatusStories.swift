import GateForge
import GatePolicy
import GateStore
import GiteaSimulator
import Testing

@testable import GateService

/// What a commit shows cannot be read: nothing that was green there stays so.
@Suite(.simulatorOnly) struct HiddenStatusStories {
    private static let policy = """
        version: 1
        gates:
          qa-review: { require: qa, context: review }
          security-review: { require: security }

        """
    private static let deciding = DecidingSettings(
        usesOrganizationPolicy: false,
        allowedContexts: [DecidingSettings.AllowedContext(context: "review", branch: "main")])
    private static var limits: ForgeLimits {
        var limits = ForgeLimits()
        limits.statuses = 20
        return limits
    }

    /// Everybody has signed and it shows; then a writer posts more contexts than are read, and a signature goes.
    private func obscured(_ story: Story, _ service: Service) async throws -> Int {
        let number = try await story.pull()
        let review = try await story.forge.review("APPROVED", number, of: story.repository, as: story.bob)
        try await story.approve(number, as: story.carol)
        try await service.settle()
        #expect(try await service.statuses(number)["review"]?.0 == "success")
        for count in 1...21 { try await story.post("success", "build/\(count)", on: number, as: story.dave) }
        try await story.forge.dismiss(review, of: number, story.repository, as: story.keeper)
        return number
    }

    @Test func aWriterHidesThemFromTheService() async throws {
        try await Service.tell(
            policy: Self.policy, settings: GateSettings(deciding: Self.deciding), limits: Self.limits
        ) { story, service in
            let number = try await obscured(story, service)
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.work()
            let shown = try await service.statuses(number)
            for context in ["review", "countersign/security-review: main", "countersign: main"] {
                #expect(shown[context]?.0 == "error", "\(context)")
            }
        }
    }

    /// Where there is no policy nothing is posted, whatever cannot be read.
    @Test func nothingIsPostedWhereThereIsNoPolicy() async throws {
        try await Service.tell(policy: nil) { story, service in
            let number = try await story.pull()
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(path: "*/status", times: 3, kind: .status(502)))
            try await service.settle()
            try await service.reconcile(after: 61)
            try await service.settle()
            #expect(try await service.statuses(number).isEmpty)
        }
    }

    /// A list of statuses that fails for a moment is an error for a moment, not until the schedule comes by.
    @Test func statusesThatCannotBeReadForAMoment() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(path: "*/status", times: 3, kind: .status(502)))
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.work()
            #expect(try await service.summary(number).hasPrefix("error"))
            #expect(try await service.record(number).decision?.outcome == .undecided)
            simulator.faults.clear()
            story.clock.advance(by: 10)
            try await service.work()
            #expect(try await service.summary(number).hasPrefix("pending"))
        }
    }

    /// Also where the policy has no gate of that name any more, and only the service knows what it once posted.
    @Test func aWriterHidesWhatOnlyTheServiceRemembers() async throws {
        try await Service.tell(
            policy: Self.policy, settings: GateSettings(deciding: Self.deciding), limits: Self.limits
        ) { story, service in
            let number = try await obscured(story, service)
            try await story.forge.commit(
                [.update(".countersign.yml", "version: 1\ngates:\n  security-review: { require: security }\n")],
                to: story.repository, branch: "main", as: story.keeper)
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.work()
            #expect(try await service.statuses(number)["review"]?.0 == "error")
        }
    }

    @Test func aWriterHidesThemFromACheck() async throws {
        try await Service.tell(
            policy: Self.policy, settings: GateSettings(deciding: Self.deciding), limits: Self.limits
        ) { story, service in
            let number = try await obscured(story, service)
            let check = CheckRun(service.gate.forge, service.gate.decider, Self.deciding)
            let subject = try Subject(repository: #require(RepositoryName(story.repository)), number: Int64(number))
            _ = try await check.run(subject, posts: true)
            let shown = try await service.statuses(number)
            for context in ["review", "countersign/security-review: main", "countersign: main"] {
                #expect(shown[context]?.0 == "error", "\(context)")
            }
        }
    }
}
