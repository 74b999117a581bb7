import GRDB
import GateWeb
import Testing

@testable import CountersignCLI
@testable import GateStore

extension OperationStories {
    /// A store that cannot be read is told as that: no token is blamed for it.
    @Test func aStoreThatCannotBeRead() async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                try await running.assembly.store.database.write {
                    try $0.execute(sql: "ALTER TABLE repository RENAME TO gone")
                }
                #expect(await running.assembly.readiness.problems().map(\.name) == ["store"])
                let ready = try await running.get("/health/ready")
                #expect(ready.status == 503 && ready.text == "not ready: store\n", "\(ready)")
            }
        }
    }

    /// Refused by the service or without it: either way it is no output of a command that did something.
    @Test(arguments: [["forget", "nonsense"], ["forget", "acme/widget#99"], ["confirm", "acme/widget", "@alice"]])
    func whatTheServiceRefuses(arguments: [String]) async throws {
        try await Story.tell { story in
            try await RunningService.run(story) { running in
                let ended = try await story.run(
                    arguments, environment: ["COUNTERSIGN_CONTROL_SOCKET": running.socket])
                #expect(ended.exitStatus == 64 && ended.output.isEmpty, "\(ended.told)")
                #expect(ended.talk.hasPrefix("countersign: "), "\(ended.told)")
            }
        }
    }
}
