import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// Pull requests that are decided by what lies elsewhere than on their base: a push there wakes them, no schedule does.
@Suite(.simulatorOnly) struct WakeStories {
    private static func law(_ gate: String) -> String { "version: 1\ngates:\n  \(gate): { require: qa }\n" }

    private func write(
        _ change: StoryForge.FileChange, _ story: Story, _ service: Service, to repository: String? = nil
    ) async throws -> [Mark.Target] {
        try await story.forge.commit([change], to: repository ?? story.repository, branch: "main", as: story.keeper)
        try await service.hear()
        return try await service.work().map(\.target).filter { if case .pull = $0 { true } else { false } }
    }

    /// Into a branch that nobody protects the default branch's policy counts.
    @Test func byTheDefaultBranchsPolicy() async throws {
        try await Service.tell(policy: Self.law("qa-review")) { story, service in
            for branch in ["dev", "release"] { try await story.branch(branch) }
            try await story.forge.protect("release", of: story.repository, contexts: [], as: story.keeper)
            let dev = try await story.pull(branch: "feature/dev", to: "dev")
            let release = try await story.pull(file: "two", branch: "feature/release", to: "release")
            try await service.settle()
            #expect(try await service.summary(dev, base: "dev").contains("qa-review"))
            let woken = try await write(.update(".countersign.yml", Self.law("other")), story, service)
            #expect(woken == [.pull(Int64(dev))], "\(release) has a policy of its own branch")
            #expect(try await service.summary(dev, base: "dev").contains("other"))
            #expect(try await write(.create("more.md", "hello\n"), story, service).isEmpty)
        }
    }

    /// CODEOWNERS is the default branch's for every base.
    @Test(arguments: ["main", "dev"]) func byCodeOwners(_ base: String) async throws {
        try await Service.tell(policy: "version: 1\ngates:\n  owners: { require: owners_of_each_file }\n") {
            story, service in
            try await story.push("CODEOWNERS", story.named(".* @BOB\n"), to: "main", as: story.keeper)
            try await story.branch("dev")
            let green = try await story.pull(to: base)
            let other = try await story.pull(file: "two", branch: "feature/two", to: base)
            try await story.approve(green, as: story.bob)
            try await story.approve(other, as: story.carol)
            try await service.settle()
            #expect(try await service.summary(green, base: base).hasPrefix("success"))
            #expect(try await service.summary(other, base: base).hasPrefix("pending"))
            let woken = try await write(
                .update("CODEOWNERS", story.named(".* @CAROL\n")), story, service)
            #expect(woken == [.pull(Int64(green)), .pull(Int64(other))], "the green first")
            #expect(try await service.summary(green, base: base).hasPrefix("pending"))
            #expect(try await service.summary(other, base: base).hasPrefix("success"))
            #expect(try await write(.create("more.md", "hello\n"), story, service).isEmpty)
            #expect(try await !write(.delete("CODEOWNERS"), story, service).isEmpty)
        }
    }

    /// What an answer must differ from stands in the template of the default branch.
    @Test func byTheTemplate() async throws {
        let policy = """
            version: 1
            gates:
              sop:
                checklist:
                  - { item: testing, number: 1, ask: Testing performed, by: qa }

            """
        try await Service.tell(policy: policy) { story, service in
            let number = try await story.pull()
            try await story.forge.must(
                .PATCH, "/repos/\(story.repository)/pulls/\(number)", as: story.alice,
                ["body": "Testing performed: by hand"])
            try await service.settle()
            let woken = try await write(
                .create("PULL_REQUEST_TEMPLATE.md", "Testing performed: by hand\n"), story, service)
            #expect(woken == [.pull(Int64(number))])
            #expect(try await write(.create("more.md", "hello\n"), story, service).isEmpty)
        }
    }

    /// The organisation's law changes: its repositories are listed at once, and only what it decides is looked at.
    @Test func byTheOrganisationsFile() async throws {
        let settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        try await Service.tell(policy: nil, settings: settings) { story, service in
            try await story.share(["countersign.yml": Self.law("qa-review")])
            try await service.listen(to: story.shared)
            let number = try await story.pull()
            try await service.settle()
            try await service.reconcile()
            #expect(try await service.summary(number).contains("qa-review"))
            func turn() async throws {
                story.clock.advance(by: 2)
                await service.gate.reconcile()
                try await service.work()
            }
            _ = try await write(.update("countersign.yml", Self.law("other")), story, service, to: story.shared)
            try await turn()
            #expect(try await service.summary(number).contains("other"))

            // A list that fails is read again, and not when it is next due.
            let simulator = try #require(story.simulator)
            simulator.faults.add(Fault(path: "/repos/\(story.repository)/pulls", kind: .status(502)))
            _ = try await write(.update("countersign.yml", Self.law("again")), story, service, to: story.shared)
            try await turn()
            #expect(try await service.summary(number).contains("other"))
            simulator.faults.clear()
            try await turn()
            #expect(try await service.summary(number).contains("again"))

            // What is no law wakes nobody.
            let before = try await service.record(number).checkedAt
            _ = try await write(.create("more.md", "hello\n"), story, service, to: story.shared)
            try await turn()
            #expect(try await service.record(number).checkedAt == before)

            // Nor does another branch.
            let log = try #require(story.simulator).requests
            try await story.forge.commit(
                [.update("countersign.yml", Self.law("third"))], to: story.shared, branch: "main", newBranch: "topic",
                as: story.keeper)
            try await service.hear()
            // It is listed a second later.
            story.clock.advance(by: 1)
            try await service.work()
            log.reset()
            try await turn()
            #expect(log.all.isEmpty, "\(log.all.map(\.pattern))")
        }
    }
}
