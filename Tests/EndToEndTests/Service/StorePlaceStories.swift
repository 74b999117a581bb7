import Foundation
import GatePolicy
import GateService
import GateStore
import GiteaSimulator
import GateWeb
import NIOHTTP1
import Testing

@testable import CountersignCLI

/// Somebody moves the store's file away while the service runs.
@Suite(.simulatorOnly) struct StorePlaceStories {
    /// Nothing is taken into a file without a name; what is green does not stay so, and everybody who asks is told why.
    @Test func aStoreThatIsMovedAway() async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                let simulator = try #require(story.simulator)
                let number = try await story.pull()
                try await story.forge.must(
                    .POST, "/repos/\(story.repository)/hooks", as: story.keeper,
                    [
                        "type": "gitea", "active": .bool(true),
                        "config": [
                            "url": .string(running.hookURL), "content_type": "json",
                            "secret": .string(RunningService.secret),
                        ],
                        "events": ["pull_request_review"],
                    ])
                for person in [story.bob, story.carol] { try await story.approve(number, as: person) }
                let gate = running.assembly.gates.current
                try await gate.refire(#require(RepositoryName(story.repository)), .pull(Int64(number)))
                try await running.step()
                let head = try await story.forge.head(of: number, story.repository)
                func summary() async throws -> (String, String)? {
                    try await story.forge.statuses(on: head, of: story.repository)["countersign: main"]
                }
                #expect(try await summary()?.0 == "success")
                let path = try #require(running.environment.values["COUNTERSIGN_STORE_PATH"])
                for end in ["", "-wal", "-shm"] {
                    try FileManager.default.moveItem(atPath: path + end, toPath: path + ".away" + end)
                }
                try await story.approve(number, as: story.dave)
                let sent = await simulator.deliverPending()
                #expect(!sent.isEmpty && sent.allSatisfy { $0.status == 503 }, "\(sent.map { $0.status })")
                let problem = await running.assembly.readiness.problems().first { $0.name == "store" }?.problem ?? ""
                #expect(
                    problem.contains("was moved away or replaced") && problem.contains("stop the service"), "\(problem)"
                )
                #expect(try await running.get("/health/ready").text.contains("not ready: store\n"))
                for _ in 0..<8 {
                    story.clock.advance(by: 1)
                    await gate.reconcile()
                }
                let shown = try await summary()
                #expect(
                    shown?.0 == "error" && shown?.1.contains("store was replaced") == true,
                    "\(String(describing: shown))")
            }
        }
    }
}
