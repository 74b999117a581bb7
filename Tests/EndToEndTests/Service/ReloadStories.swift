import GateForge
import GatePolicy
import GateService
import GiteaSimulator
import Testing

@testable import CountersignCLI

/// Settings are read anew while the service works.
@Suite(.simulatorOnly) struct ReloadStories {
    /// A call with the token before is answered after the reload: that says nothing of the new one.
    @Test func aTokenThatIsReplacedDuringACall() async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                let simulator = try #require(story.simulator)
                let scopes = ["write:repository", "write:issue", "read:user"]
                let token = try await story.forge.token(story.gate, named: "again", scopes: scopes)
                try await story.forge.deleteToken(story.gate, named: "story")
                let old = running.assembly.gates.current.forge
                simulator.beforeResponse = { record, _ in
                    guard record.path == "/user" else { return }
                    simulator.beforeResponse = nil
                    running.environment.set("COUNTERSIGN_FORGE_TOKEN", token)
                    try? running.assembly.reload()
                }
                await #expect(throws: ForgeError.self) { try await old.currentUser() }
                #expect(running.environment.values["COUNTERSIGN_FORGE_TOKEN"] == token, "it was reloaded meanwhile")
                #expect(running.assembly.pulse.refusals.isEmpty)
                #expect(try await running.assembly.gates.current.forge.currentUser().login == story.gate.login)
            }
        }
    }

    /// Whoever asked is told, and so is who looks later, until the settings on disk are in use.
    @Test func settingsThatAreRefused() async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                func run(_ command: String) async throws -> Story.Checked {
                    try await story.run([command], environment: ["COUNTERSIGN_CONTROL_SOCKET": running.socket])
                }
                running.environment.set("COUNTERSIGN_RECONCILE_CALLS_PER_SECOND", "0")
                running.environment.set("COUNTERSIGN_WORK_PEOPLE_SECONDS", "many")
                let refused = try await run("reload")
                #expect(refused.exitStatus == 64 && refused.output.isEmpty, "\(refused.told)")
                let status = try await run("status").output
                let lines = status.split(separator: "\n").filter {
                    $0.hasPrefix("problem      the settings on disk were refused at 20")
                }
                #expect(
                    lines.count == 2 && lines.allSatisfy { $0.contains("and those before stay in use: ") }, "\(status)")
                #expect(lines.contains { $0.contains("`work.people_seconds` is `many`") }, "\(status)")
                // Where the service listens stands in the file, too.
                let unread = try await story.run(["reload", "--settings", "s.yml"], files: ["s.yml": "foo: ["])
                #expect(unread.exitStatus == 64 && unread.told.contains("the service was not asked"), "\(unread.told)")
                running.environment.set("COUNTERSIGN_RECONCILE_CALLS_PER_SECOND", "7")
                running.environment.set("COUNTERSIGN_WORK_PEOPLE_SECONDS", "30")
                let taken = try await run("reload")
                #expect(taken.exitStatus == 0 && taken.output == "reloaded\n", "\(taken.told)")
                #expect(running.assembly.gates.current.settings.peopleSeconds == 30)
                #expect(try await run("status").output.contains("were refused") == false)
            }
        }
    }
}
