import CountersignCLI
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// Facts of one instant: whatever happens between two reads of a check, no green that no one moment justifies.
@Suite(.simulatorOnly) struct InstantStories {
    typealias Act = @Sendable (World) throws -> Void

    /// A pull request that must not pass, and a way of making it look as if it might, for a while.
    struct Situation: Sendable {
        let story: Story
        let number: Int
        let away: Act
        let back: Act
        /// The commit that must never be green under `main`.
        let head: String

        /// Checks, with something done to the world before the answers to some of the reads.
        func check(_ acts: [Int: Act]) async throws -> (checked: Story.Checked, reads: Int) {
            let simulator = try #require(story.simulator)
            let reads = Mutex(0)
            let readers = [story.gate.login, story.keeper.login]
            simulator.requests.reset()
            simulator.beforeResponse = { record, world in
                guard record.method == "GET", let login = record.login, readers.contains(login) else { return }
                let read = reads.withLock { count in
                    count += 1
                    return count
                }
                do { try acts[read]?(world) } catch { Issue.record(error) }
            }
            let checked = try await story.check(number)
            simulator.beforeResponse = nil
            return (checked, reads.withLock { $0 })
        }

        func expectNotGreen(_ checked: Story.Checked, _ what: String, _ location: SourceLocation) async throws {
            let shown = try await story.forge.statuses(on: head, of: story.repository)["countersign: main"]?.0
            let calls = story.simulator?.requests.all.map { "\($0.began)-\($0.ended ?? 0) \($0.method) \($0.path)\n" }
                .joined()
            #expect(shown != "success", "\(what)\n\(calls ?? "")\(checked.told)", sourceLocation: location)
        }

        /// How many reads later a change is taken back: at once, within a round, and across one to all of the rounds.
        private static let lengths = [0, 1, 2, 4, 7, 11]

        /// Away at every read, and back at the same one or at a later one.
        func expectNoWindow(location: SourceLocation = #_sourceLocation) async throws {
            let quiet = try await check([:])
            #expect(quiet.checked.exitStatus == 1, "\(quiet.checked.told)", sourceLocation: location)
            let world = try #require(story.simulator).world
            let away = self.away
            let back = self.back
            for first in 1...quiet.reads + 1 {
                for second in Self.lengths.map({ first + $0 }) where second <= quiet.reads + 1 {
                    var acts: [Int: Act] = [first: away]
                    acts[second] = { world in
                        if first == second { try away(world) }
                        try back(world)
                    }
                    let result = try await check(acts)
                    if result.reads < second { try back(world) }
                    story.clock.advance(by: 1)
                    try await expectNotGreen(result.checked, "away at \(first), back at \(second)", location)
                }
            }
            let after = try await check([:])
            #expect(after.checked.exitStatus == 1, "\(after.checked.told)", sourceLocation: location)
        }

        /// Away at every read, for good: right afterwards, and never green under `main`.
        func expectNoVerdictOfTheMix(
            location: SourceLocation = #_sourceLocation, _ right: (Story.Checked) -> Bool
        ) async throws {
            let quiet = try await check([:])
            let world = try #require(story.simulator).world
            for read in 1...quiet.reads {
                let result = try await check([read: away])
                try await expectNotGreen(result.checked, "away at \(read)", location)
                #expect(
                    right(result.checked) || result.checked.exitStatus != 0, "away at \(read)", sourceLocation: location
                )
                story.clock.advance(by: 1)
                let after = try await check([:])
                #expect(right(after.checked), "after \(read): \(after.checked.told)", sourceLocation: location)
                try back(world)
                story.clock.advance(by: 1)
            }
        }
    }

    private static let filesPolicy = """
        version: 1
        gates:
          qa-review: { when: 'not changes_only("docs/**")', require: qa }
          security-review: { when: 'changes("infra/**")', require: security }
        """

    /// Against `dev`, which has the code already, only documentation changes.
    private func otherFiles(_ story: Story) async throws -> Situation {
        let number = try await story.pull()
        try await story.forge.branch("dev", from: "feature/one", of: story.repository, as: story.keeper)
        try await story.push("docs/one.md", as: story.alice)
        return try await retargeting(story, number)
    }

    private func retargeting(_ story: Story, _ number: Int) async throws -> Situation {
        let repository = story.repository
        let alice = story.alice.login
        return Situation(
            story: story, number: number,
            away: { try $0.retarget(number, of: repository, to: "dev", as: alice) },
            back: { try $0.retarget(number, of: repository, to: "main", as: alice) },
            head: try await story.forge.head(of: number, repository))
    }

    private func moving(
        _ story: Story, _ number: Int, to other: String
    ) async throws -> Situation {
        let repository = story.repository
        let alice = story.alice.login
        let head = try await story.forge.head(of: number, repository)
        return Situation(
            story: story, number: number,
            away: { try $0.move("feature/one", of: repository, to: other, as: alice) },
            back: { try $0.move("feature/one", of: repository, to: head, as: alice) }, head: head)
    }

    @Test func filesOfAnotherBase() async throws {
        try await Story.tell(policy: Self.filesPolicy) { story in
            try await otherFiles(story).expectNoWindow()
        }
    }

    @Test func retargetedForGood() async throws {
        try await Story.tell(policy: Self.filesPolicy) { story in
            try await otherFiles(story).expectNoVerdictOfTheMix {
                $0.exitStatus == 0 && story.summary("dev", of: $0) == "success"
            }
        }
    }

    /// Bob wrote the first commit, which `dev` has already: against it nobody would know.
    @Test func commitsOfAnotherBase() async throws {
        try await Story.tell(policy: "version: 1\ngates:\n  qa-review: { require: qa }\n") { story in
            try await story.forge.must(
                .POST, "/repos/\(story.repository)/contents", as: story.alice,
                [
                    "files": [["operation": "create", "path": "src/one.swift", "content": "b25lCg=="]],
                    "branch": "main", "new_branch": "feature/one", "message": "by bob",
                    "author": ["name": "bob", "email": .string("\(story.bob.login)@example.com")],
                ])
            try await story.forge.branch("dev", from: "feature/one", of: story.repository, as: story.keeper)
            try await story.push("src/two.swift", as: story.alice)
            let number = try await story.forge.pull(
                "Add one", from: "feature/one", of: story.repository, as: story.alice)
            try await story.approve(number, as: story.bob)
            try await retargeting(story, number).expectNoWindow()
        }
    }

    /// Bob approved the head before; the present one has more in it.
    @Test func approvalOfAnotherHead() async throws {
        try await Story.tell(policy: Self.filesPolicy) { story in
            let number = try await story.pull()
            let approved = try await story.forge.head(of: number, story.repository)
            try await story.approve(number, as: story.bob)
            try await story.push("infra/two.tf", as: story.alice)
            let situation = try await moving(story, number, to: approved)
            try await situation.expectNoVerdictOfTheMix { $0.exitStatus == 0 && $0.summary == "success" }
        }
    }

    /// For a while the branch proposes documentation only.
    @Test(.simulatorOnly) func filesOfAnotherHead() async throws {
        try await Story.tell(policy: Self.filesPolicy) { story in
            let number = try await story.pull()
            let head = try await story.forge.head(of: number, story.repository)
            let world = try #require(story.simulator).world
            let harmless = try world.forcePush(
                to: "feature/one", of: story.repository, as: story.alice.login,
                files: ["src/one.swift": nil, "docs/one.md": "one\n"])
            try world.move("feature/one", of: story.repository, to: head, as: story.alice.login)
            let situation = try await moving(story, number, to: harmless)
            try await situation.expectNoWindow()
            try await situation.expectNoVerdictOfTheMix { $0.exitStatus == 0 && $0.summary == "success" }
        }
    }

    /// For a while the branch is where `main` is, and the forge is slow to write its timeline: the list of files is
    /// empty, names no head, and would let every `changes(…)` be false.
    @Test(.simulatorOnly) func noFilesForAWhile() async throws {
        let policy = "version: 1\ngates:\n  qa-review: { when: 'changes(\"src/**\")', require: qa }\n"
        try await Story.tell(policy: policy) { story in
            let number = try await story.pull()
            let world = try #require(story.simulator).world
            let main = try await story.forge.must(.GET, "/repos/\(story.repository)/branches/main")
            let tip = main["commit"]?["id"]?.string ?? ""
            world.defersPushes = true
            try await moving(story, number, to: tip).expectNoWindow()
        }
    }

    /// Somebody pushes again and again: the check gives up and says so.
    @Test(.simulatorOnly) func neverAtRest() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            let simulator = try #require(story.simulator)
            let pushes = Mutex(0)
            let path = "/repos/\(story.repository)/pulls/\(number)/reviews"
            simulator.beforeResponse = { record, world in
                guard record.method == "GET", record.path == path else { return }
                let count = pushes.withLock { count in
                    count += 1
                    return count
                }
                do {
                    try world.push(
                        to: "feature/one", of: story.repository, as: story.alice.login,
                        files: ["src/one.swift": "\(count)\n"])
                } catch {
                    Issue.record(error)
                }
            }
            let checked = try await story.check(number)
            simulator.beforeResponse = nil
            #expect(checked.exitStatus == 2)
            try expectTold(checked.output, "stories/never-at-rest.txt")
        }
    }
}
