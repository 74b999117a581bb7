import CountersignCLI
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import NIOHTTP1
import Synchronization
import Testing

/// A base whose policy cannot be used, and pull requests that mend it.
@Suite struct RepairStories {
    private static let path = ".countersign.yml"
    private static let broken = "version: 1\ngates:\n  qa: { requires: qa }\n"

    private func pull(_ story: Story, _ changes: [StoryForge.FileChange]) async throws -> Int {
        try await story.forge.commit(
            changes, to: story.repository, branch: "main", newBranch: "feature/law", as: story.alice)
        return try await story.forge.pull(
            "Mend it", from: "feature/law", to: "main", of: story.repository, as: story.alice)
    }

    @Test func anAdministratorMendsABrokenPolicy() async throws {
        try await Story.tell(policy: Self.broken) { story in
            let number = try await pull(story, [.update(Self.path, Story.policy)])
            try expectTold(try await story.check(number), .held, "pending", "repair-waiting")
            // Who may administer and who not is told to administrators only: bob might.
            try await story.approve(number, as: story.bob)
            #expect(try await story.check(number).summary == "error")
            try await story.approve(number, as: story.keeper)
            try expectTold(try await story.check(number), .passed, "success", "repair-signed")
            let json = try await story.check(number, ["--format", "json"])
            #expect(json.output.contains("\"repairs\""))
        }
    }

    @Test func aTeamThatIsGoneIsMendedTheSameWay() async throws {
        try await Story.tell(policy: Story.policy.replacing("require: qa", with: "require: testers")) { story in
            let number = try await pull(story, [.update(Self.path, Story.policy)])
            let waiting = try await story.check(number)
            #expect(waiting.summary == "pending", "\(waiting.told)")
            try await story.approve(number, as: story.keeper)
            let mended = try await story.check(number)
            #expect(mended.summary == "success", "\(mended.told)")
        }
    }

    /// What is wrong in an included file is mended there, or by not including it.
    @Test(
        arguments: [
            ("ci/gates.yml", broken, StoryForge.FileChange.update("ci/gates.yml", Story.policy)),
            ("ci/gates.yml", broken, .update(path, Story.policy)),
            ("ci/gates.yml@main", broken, .update("ci/gates.yml", Story.policy)),
            ("ci/gates.yml", nil, .create("ci/gates.yml", Story.policy)),
        ] as [(String, String?, StoryForge.FileChange)])
    func anIncludedFileIsMended(_ entry: String, _ text: String?, _ change: StoryForge.FileChange) async throws {
        let policy = "version: 1\ninclude: [\"\(entry)\"]\n"
        try await Story.tell(policy: policy) { story in
            if let text {
                try await story.forge.commit(
                    [.create("ci/gates.yml", text)], to: story.repository, branch: "main", as: story.keeper)
            }
            let number = try await pull(story, [change])
            let waiting = try await story.check(number)
            #expect(waiting.summary == "pending", "\(waiting.told)")
            try await story.approve(number, as: story.keeper)
            let mended = try await story.check(number)
            #expect(mended.summary == "success", "\(mended.told)")
        }
    }

    @Test func whatElseChangesIsNoRepair() async throws {
        try await Story.tell(policy: Self.broken) { story in
            let number = try await pull(
                story, [.update(Self.path, Story.policy), .create("src/stowaway.swift", "x\n")])
            try await story.approve(number, as: story.keeper)
            let found = try await story.check(number)
            #expect(found.exitStatus == 3, "\(found.told)")
            #expect(found.summary == "error")
        }
    }

    @Test(arguments: [broken + "# still\n", ""]) func whatIsStillBrokenIsNoRepair(_ text: String) async throws {
        try await Story.tell(policy: Self.broken) { story in
            let number = try await pull(story, [.update(Self.path, text)])
            try await story.approve(number, as: story.keeper)
            let found = try await story.check(number)
            #expect(found.exitStatus == 3, "\(found.told)")
        }
    }

    @Test func takingItAwayIsNoRepair() async throws {
        try await Story.tell(policy: Self.broken) { story in
            let number = try await pull(story, [.delete(Self.path)])
            try await story.approve(number, as: story.keeper)
            #expect(try await story.check(number).summary == "error")
        }
    }

    /// A private profile is shown to strangers as little as an account that is gone, whose part an administrator may take.
    @Test func aPrivateProfileIsNoAccountThatIsGone() async throws {
        let policy = "version: 1\npolicy: { require: '@auditor' }\ngates:\n  qa: { require: qa or security }\n"
        try await Story.tell(policy: policy) { story in
            let auditor = try await story.forge.person("auditor", isPrivate: true)
            try await story.forge.must(
                .PUT, "/repos/\(story.repository)/collaborators/\(auditor.login)", as: story.keeper,
                ["permission": "write"])
            let number = try await pull(story, [.update(Self.path, Story.policy)])
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.keeper)
            let waiting = try await story.check(number)
            #expect(waiting.summary == "pending", "\(waiting.told)")
            try await story.approve(number, as: auditor)
            #expect(try await story.check(number).summary == "success")
        }
    }

    /// What would be, where an administrator takes the place of somebody who is gone, is what the check says then.
    @Test func aRepairThatIsSupposed() async throws {
        let policy = "version: 1\ngates:\n  qa: { require: qa }\n  narrow: { require: '@vanished', block: none }\n"
        try await Story.tell(policy: policy) { story in
            let number = try await pull(story, [.update(Self.path, Story.policy)])
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.dave)
            let subject = "\(story.repository)#\(number)"
            // Bob and dave might be administrators: that is told to administrators only.
            #expect(try await story.check(number).summary == "error")
            let supposed = try await story.run(["simulate", subject, "--approve", story.keeper.login])
            #expect(supposed.exitStatus == 0, "\(supposed.told)")
            // A command is told among the comments, which are read for that alone.
            let spoken = try await story.run([
                "simulate", subject, "--approve", story.keeper.login, "--comment", "\(story.bob.login): /recheck",
            ])
            #expect(spoken.exitStatus == 0, "\(spoken.told)")
            let abilities = try await story.run(["explain", subject, "--as", story.keeper.login])
            #expect(abilities.output.contains("an approval by keeper would make it pass"), "\(abilities.told)")
            #expect(!abilities.output.contains("narrow: "), "\(abilities.told)")
            try await story.approve(number, as: story.keeper)
            #expect(try await story.check(number).summary == "success")
        }
    }

    /// Another gate waits as well: once that is supposed to be met, the name that is gone is all that is left.
    @Test func aRepairThatASuppositionMakesPossible() async throws {
        let policy = "version: 1\ngates:\n  qa: { require: qa }\n  narrow: { require: '@vanished', block: none }\n"
        try await Story.tell(policy: policy) { story in
            let number = try await pull(story, [.update(Self.path, Story.policy)])
            let subject = "\(story.repository)#\(number)"
            try await story.approve(number, as: story.keeper)
            #expect(try await story.check(number).summary == "pending")
            let supposed = try await story.run(["simulate", subject, "--approve", story.bob.login])
            #expect(supposed.exitStatus == 0, "\(supposed.told)")
            try await story.approve(number, as: story.bob)
            let mended = try await story.check(number)
            #expect(mended.summary == "success", "\(mended.told)")
        }
    }

    /// The service supposes nothing: a name that is gone beside what is waited for costs it no more than one that is there.
    @Test func whatTheServiceReads() async throws {
        #expect(try await reads(with: "@vanished") == reads(with: "@carol"))
    }

    /// The calls of a look at a pull request that changes the policy, by kind.
    private func reads(with name: String) async throws -> [String] {
        let policy = "version: 1\ngates:\n  qa: { require: qa }\n  narrow: { require: '\(name)', block: none }\n"
        let calls = Mutex<[String]>([])
        try await Service.tell(policy: policy) { story, service in
            let number = try await pull(story, [.update(Self.path, Story.policy)])
            try await service.settle()
            let log = try #require(story.simulator).requests
            log.reset()
            try await service.gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
            try await service.settle()
            #expect(try await service.summary(number).hasPrefix("pending: "))
            calls.withLock { $0 = log.all.filter { $0.method == "GET" }.map(\.pattern).sorted() }
        }
        return calls.withLock { $0 }
    }
}
