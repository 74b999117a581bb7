import Testing

@testable import GateStore
@testable import GiteaSimulator

/// Words that were heard, and taken away before anybody wrote them down.
extension BoundToHeadBaseAndPolicy {
    /// The store fails, or the process dies, after a revoke was acted on; then its comment goes.
    @Test func aRevokeThatWasActedOnAndNotWrittenDown() async throws {
        try await siege { siege in
            let scene = siege.scene
            _ = try siege.push("feature/one", ["src/one.txt": "one\n"])
            let number = siege.open("feature/one")
            let comments = "/issues/\(number)/comments"
            scene.clock.advance(by: 1)
            scene.here("POST", comments, as: "carol", ["body": "/waive first nobody is there"])
            try await siege.service.pass(75, step: 15)
            #expect(siege.summary(number) == "success")
            scene.clock.advance(by: 1)
            let revoke = scene.here("POST", comments, as: "carol", ["body": "/revoke first"]).json["id"]?.int
            scene.simulator.beforeResponse = { record, _ in
                if record.method == "POST", record.path.contains("/statuses/") {
                    try? SteppedFaults.TheMachine.mode(siege.service.store, "query_only = ON")
                }
            }
            try await siege.service.hear(scene.world.takeDeliveries())
            _ = try? await siege.service.events()
            #expect(siege.summary(number) == "pending", "it was not acted on")
            scene.here("DELETE", "/issues/comments/\(revoke ?? 0)", as: "carol")
            try SteppedFaults.TheMachine.mode(siege.service.store, "query_only = OFF")
            siege.begin()
            try await siege.wait(330)
            #expect(siege.summary(number) == "pending")
        }
    }
}
