import ArgumentParser
import GatePolicy
import GiteaSimulator
import NIOHTTP1
import Testing

@testable import CountersignCLI

/// The table of exit statuses, one test for each: a contract with every script that runs a check.
@Suite(.simulatorOnly) struct ExitStatusTests {
    @Test func passedIs0() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            try await story.approve(number, as: story.bob)
            try await story.approve(number, as: story.carol)
            try #expect(await story.check(number).exitStatus == 0)
        }
    }

    @Test func heldIs1() async throws {
        try await Story.tell { story in try #expect(await story.check(story.pull()).exitStatus == 1) }
    }

    @Test(.simulatorOnly) func undecidedIs2() async throws {
        try await Story.tell { story in
            let number = try await story.pull()
            story.simulator?.faults.add(Fault(path: "*/reviews", kind: .status(403)))
            try #expect(await story.check(number).exitStatus == 2)
        }
    }

    @Test func invalidPolicyIs3() async throws {
        try await Story.tell(policy: "version: 1\n") { story in
            try #expect(await story.check(story.pull()).exitStatus == 3)
        }
    }

    @Test(arguments: [
        ["check", "acme"], ["check", "acme/widget#0"], ["check", "--nonsense"], ["check", "a/b#1", "--format", "xml"],
        ["chekc"], ["validate"], ["check"], ["refire", "acme", "--contexts", " "],
    ])
    func usageIs64(arguments: [String]) async throws {
        try await Story.tell(policy: nil) { story in
            let checked = try await story.run(arguments)
            #expect(checked.exitStatus == 64, "\(checked.told)")
            #expect(!checked.talk.isEmpty)
            #expect(checked.output.isEmpty)
        }
    }

    @Test func unreachableIs69() async throws {
        try await Story.tell { story in
            let checked = try await story.run(
                ["check", "acme/widget#1"], environment: ["COUNTERSIGN_FORGE_URL": "http://127.0.0.1:1"])
            try expectTold(checked, .unreachable, nil, "unreachable")
        }
    }

    /// The forge runs, and the proxy on the way does not: who is told to look at the forge looks in vain.
    @Test(arguments: ["check", "refire", "doctor"]) func theProxyIsDown(command: String) async throws {
        try await Story.tell { story in
            let checked = try await story.run(
                [command, command == "check" ? "acme/widget#1" : "acme/widget"],
                environment: ["COUNTERSIGN_FORGE_PROXY": "http://127.0.0.1:1"])
            #expect(checked.exitStatus == (command == "doctor" ? 2 : 69), "\(checked.told)")
            let told = checked.output + checked.talk
            #expect(told.contains("the proxy `http://127.0.0.1:1` (`forge.proxy`) cannot be reached"), "\(told)")
            #expect(told.contains("check that a proxy listens at `http://127.0.0.1:1`"), "\(told)")
            #expect(!told.contains("that the forge runs"), "\(told)")
        }
    }

    /// Something that no command foresees.
    private struct Broken: ContextCommand {
        struct Surprise: Error {}
        func run(_ context: CommandContext) async throws { throw Surprise() }
    }

    @Test func ourOwnFailureIs70() async {
        let context = CommandContext(
            environment: [:], output: { _ in }, talk: { #expect($0.contains("should not have happened")) },
            readFile: { _ in [] }, now: { .init(seconds: 0) })
        #expect(await Countersign.run(Broken(), context) == 70)
    }

    /// A file that cannot be read for whatever reason is a matter of the settings.
    @Test func unreadableFileIs64() async {
        let context = CommandContext(
            environment: [:], output: { _ in }, talk: { #expect($0.contains("`settings.yml` cannot be read")) },
            readFile: { _ in throw Broken.Surprise() }, now: { .init(seconds: 0) })
        #expect(await Countersign.run(["check", "a/b#1", "--settings", "settings.yml"], context) == 64)
    }

    @Test(arguments: [["--help"], ["--version"], ["check", "--help"], []])
    func helpIs0(arguments: [String]) async throws {
        try await Story.tell(policy: nil) { story in
            let checked = try await story.run(arguments)
            #expect(checked.exitStatus == 0)
            #expect(!checked.output.isEmpty)
        }
    }
}
