import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Testing

/// A push to a base wakes its pull requests only when what decides them has changed.
@Suite(.simulatorOnly) struct BasePushStories {
    private func pulls(_ claims: [Claim]) -> [Mark.Target] {
        claims.map(\.target).filter { if case .pull = $0 { true } else { false } }
    }

    private func write(
        _ change: StoryForge.FileChange, _ story: Story, _ service: Service, to repository: String? = nil
    ) async throws -> [Claim] {
        try await story.forge.commit(
            [change], to: repository ?? story.repository, branch: "main", as: story.keeper)
        try await service.hear()
        return try await service.work()
    }

    @Test func ofSomethingElse() async throws {
        try await Service.tell { story, service in
            let first = try await story.pull()
            let second = try await story.pull(file: "src/two.swift", branch: "feature/two")
            try await service.settle()
            let claims = try await write(.create("notes.md", "hello\n"), story, service)
            #expect(claims.map(\.target) == [.branch("main")], "\(claims)")
            let policy = "version: 1\ngates:\n  qa-review: { require: qa }\n"
            let marked = try await write(.update(".countersign.yml", policy), story, service)
            #expect(pulls(marked) == [.pull(Int64(first)), .pull(Int64(second))], "\(marked)")
            let again = try await write(.create("more.md", "hello\n"), story, service)
            #expect(pulls(again).isEmpty, "\(again)")
        }
    }

    /// An included file lies elsewhere: the push to its repository wakes nobody, the next look at the list does.
    @Test func ofAnIncludedFile() async throws {
        let base = "version: 1\ngates:\n  qa-review: { require: qa }\n"
        var settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
        settings.deciding.allowedIncludes = [RepositoryName(owner: "acme", name: ".countersign")]
        try await Service.tell(policy: Story.including("acme/.countersign:base.yml@main"), settings: settings) {
            story, service in
            try await story.share(["base.yml": base, "other.yml": base])
            let number = try await story.pull()
            try await service.settle()
            try await service.reconcile(after: 301)
            #expect(try await service.summary(number).contains("qa-review"))
            let changed = base.replacing("qa }", with: "engineers }").replacing("qa-review", with: "peer-review")
            try await story.forge.commit(
                [.update("base.yml", changed)], to: story.shared, branch: "main", as: story.keeper)
            try await service.reconcile()
            #expect(try await service.summary(number).contains("peer-review"))
        }
    }

    /// Included files of the repository itself count as the policy does.
    @Test func ofAFileOfItsOwn() async throws {
        let base = "version: 1\ngates:\n  qa-review: { require: qa }\n"
        try await Service.tell(policy: nil) { story, service in
            try await story.forge.commit(
                [
                    .create("policies/base.yml", base),
                    .create(".countersign.yml", Story.including("policies/base.yml")),
                ],
                to: story.repository, branch: "main", as: story.keeper)
            let number = try await story.pull()
            try await service.settle()
            #expect(try await service.summary(number).contains("qa-review"))
            let claims = try await write(
                .update("policies/base.yml", base.replacing("qa-review", with: "other")), story, service)
            #expect(pulls(claims) == [.pull(Int64(number))], "\(claims)")
            #expect(try await service.summary(number).contains("other"))
        }
    }
}
