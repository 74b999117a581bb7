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
}
