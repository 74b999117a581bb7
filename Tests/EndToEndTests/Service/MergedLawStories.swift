import GatePolicy
import GateStore
import NIOHTTP1
import Testing

@testable import GateService
@testable import GiteaSimulator

/// A merge is judged by the law that it found, wherever that stands.
@Suite(.simulatorOnly) struct MergedLawStories {
    private static let law = "version: 1\ngates:\n  qa-review: { require: qa }\n"
    private static let open = "policy: { require: nobody }\n"
    private static let weak = law.replacing("require: qa", with: "when: fork, require: qa")

    private func decide(_ number: Int, _ repository: String, _ service: Service) async throws -> Decision {
        let name = try #require(RepositoryName(repository))
        return await service.gate.decider.decide(Subject(repository: name, number: Int64(number)))
    }

    /// The keeper changes files by a pull request.
    private func pull(
        _ changes: [StoryForge.FileChange], to repository: String, _ story: Story
    ) async throws -> Int {
        try await story.forge.commit(
            changes, to: repository, branch: "main", newBranch: "feature/law", as: story.keeper)
        return try await story.forge.pull(
            "A law", from: "feature/law", to: "main", of: repository, as: story.keeper)
    }

    private func force(_ number: Int, into repository: String, _ story: Story) async throws {
        try await story.forge.must(
            .POST, "/repos/\(repository)/pulls/\(number)/merge", as: story.keeper,
            ["Do": "merge", "force_merge": .bool(true)])
    }

    /// The organisation's own file is the law of the repository it stands in, too.
    @Test(arguments: [
        ([StoryForge.FileChange.update("countersign.yml", open + weak)], ["countersign.yml": open + law]),
        ([.delete("countersign.yml")], ["countersign.yml": open + law]),
        (
            [.update("gates.yml", weak)],
            ["countersign.yml": "version: 1\n\(open)include: [ gates.yml ]\n", "gates.yml": law]
        ),
    ])
    func theOrganizationsOwn(_ changes: [StoryForge.FileChange], _ files: [String: String]) async throws {
        try await Service.tell(policy: nil) { story, service in
            try await story.share(files)
            let number = try await pull(changes, to: story.shared, story)
            try await force(number, into: story.shared, story)
            let decision = try await decide(number, story.shared, service)
            #expect(decision.outcome == .waiting && decision.isByOlderPolicy, "\(decision.result)")
        }
    }

    /// A file that is named by the branch it stands on is read as that branch was.
    @Test(arguments: [StoryForge.FileChange.update("gates.yml", weak), .delete("gates.yml")])
    func anIncludedFileOfTheBranch(_ change: StoryForge.FileChange) async throws {
        let policy = "version: 1\n\(Self.open)include: [ gates.yml@main ]\n"
        try await Service.tell(policy: policy) { story, service in
            try await story.forge.commit(
                [.create("gates.yml", Self.law)], to: story.repository, branch: "main", as: story.keeper)
            let number = try await pull([change], to: story.repository, story)
            try await force(number, into: story.repository, story)
            let decision = try await decide(number, story.repository, service)
            #expect([.waiting, .rejected].contains(decision.outcome) && decision.isByOlderPolicy, "\(decision.result)")
        }
    }

    @Test func whereTheTwoPartedIsNotTold() async throws {
        try await Service.tell(policy: Self.open + Self.law) { story, service in
            let number = try await pull([.update(".countersign.yml", Self.weak)], to: story.repository, story)
            try await force(number, into: story.repository, story)
            try #require(story.simulator).world.update { state in
                for id in state.pulls.values.map(\.id) { state.pulls[id]?.mergedBase = nil }
            }
            let decision = try await decide(number, story.repository, service)
            guard case .undecided(let unknowns) = decision.result else {
                Issue.record("\(decision.result)")
                return
            }
            #expect(unknowns.map(\.cause) == [.notTold])
        }
    }

    @Test func theCodeOwnersThatItFound() async throws {
        let policy = "version: 1\n\(Self.open)gates:\n  owners: { require: owners_of_each_file }\n"
        try await Service.tell(policy: policy) { story, service in
            try await story.push("CODEOWNERS", "src/.* @\(story.bob.login)\n", to: "main", as: story.keeper)
            let number = try await story.pull()
            try await story.change("CODEOWNERS", "src/.* @\(story.dave.login)\n", on: "feature/one", as: story.alice)
            try await story.approve(number, as: story.dave)
            try await force(number, into: story.repository, story)
            let decision = try await decide(number, story.repository, service)
            #expect(decision.outcome == .waiting, "\(decision.result)")
        }
    }

    /// Where the two parted is for the author to choose: what was said of the very head and base by a stricter law counts.
    @Test func anOlderLawThanTheLastVerdicts() async throws {
        try await Service.tell(policy: Self.open + Self.weak) { story, service in
            try await story.forge.commit(
                [.create(".gitea/countersign.yml", Self.law)], to: story.repository, branch: "main",
                newBranch: "feature/law", as: story.alice)
            try await story.forge.commit(
                [.update(".countersign.yml", Self.open + Self.law)], to: story.repository, branch: "main",
                as: story.keeper)
            let number = try await story.forge.pull(
                "Beside it", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            try await force(number, into: story.repository, story)
            try await service.settle()
            let record = try await service.record(number)
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.gates == ["qa-review"])
        }
    }

    /// Nor does an older law, or none, speak for a last commit that nobody looked at before it was merged by force.
    @Test(arguments: [true, false]) func anOlderLawAndAHeadThatNobodyLookedAt(hadLaw: Bool) async throws {
        try await Service.tell(policy: hadLaw ? Self.open + Self.weak : nil) { story, service in
            try await story.forge.commit(
                [.create(".gitea/countersign.yml", Self.law)], to: story.repository, branch: "main",
                newBranch: "feature/law", as: story.alice)
            let law = Self.open + Self.law
            try await story.forge.commit(
                [hadLaw ? .update(".countersign.yml", law) : .create(".countersign.yml", law)], to: story.repository,
                branch: "main", as: story.keeper)
            let number = try await story.forge.pull(
                "Beside it", from: "feature/law", to: "main", of: story.repository, as: story.alice)
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending"))
            try story.simulator?.world.push(
                to: "feature/law", of: story.repository, as: story.alice.login, files: ["last": "last\n"])
            try await force(number, into: story.repository, story)
            try await service.settle()
            let record = try await service.record(number)
            let bypass = try #require(try await service.store.bypass(record.repository, record.number))
            #expect(bypass.gates == ["qa-review"])
        }
    }

    /// What the organisation's own file includes is mended where it stands.
    @Test func theOrganizationsFileIsMendedByWhatItIncludes() async throws {
        try await Service.tell(policy: nil) { story, service in
            let broken = Self.law.replacing("require:", with: "requires:")
            try await story.share(["countersign.yml": "version: 1\ninclude: [ base.yml ]\n", "base.yml": broken])
            let number = try await pull([.update("base.yml", Self.law)], to: story.shared, story)
            let decision = try await decide(number, story.shared, service)
            #expect(decision.outcome == .waiting, "\(decision.result)")
        }
    }

    /// A policy that was let go, and is found again by what was kept, is remembered again.
    @Test func whatWasForgottenIsRememberedByTheNextLook() async throws {
        try await Service.tell { story, service in
            let number = try await story.pull()
            try await service.settle()
            let record = try await service.record(number)
            let name = try #require(RepositoryName(story.repository))
            #expect(try await service.store.forget(name))
            #expect(try await !service.store.wasManaged("main", of: record.repository))
            let log = try #require(story.simulator).requests
            log.reset()
            try await story.approve(number, as: story.bob)
            try await service.settle()
            #expect(!log.all.contains { $0.path.hasSuffix("/pulls/\(number)/files") }, "by what was kept")
            #expect(try await service.store.wasManaged("main", of: record.repository))
        }
    }

    /// A branch that forked long ago and went in lately does not make all of the history be read.
    @Test func anOldBranchThatWentInLately() async throws {
        try await Service.tell { story, service in
            try await story.forge.branch("old", from: "main", of: story.repository, as: story.keeper)
            try await story.push("old.txt", "old\n", to: "old", as: story.keeper)
            let world = try #require(story.simulator).world
            for commit in 0..<60 {
                try world.push(
                    to: "main", of: story.repository, as: story.keeper.login, files: ["log/\(commit).txt": "1\n"])
            }
            let old = try await story.forge.pull(
                "Old", from: "old", to: "main", of: story.repository, as: story.keeper)
            let number = try await story.pull()
            try await force(old, into: story.repository, story)
            for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
            for text in ["two\n", "one\n"] {
                try await story.change("src/one.swift", text, on: "feature/one", as: story.alice)
            }
            let log = try #require(story.simulator).requests
            log.reset()
            let decision = try await decide(number, story.repository, service)
            #expect(decision.outcome == .approved, "\(decision.result)")
            let read = log.all.filter { $0.path == "/repos/\(story.repository)/commits" }
            #expect(read.count { $0.query.contains("not=") } == 2)
            // Each head's, and the base's once.
            #expect(read.count { !$0.query.contains("not=") } == 3, "\(read.map(\.query))")
        }
    }
}
