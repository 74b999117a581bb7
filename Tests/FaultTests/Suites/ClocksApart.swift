import Foundation
import Synchronization
import Testing

@testable import GiteaSimulator

extension SteppedFaults {
    /// The service's clock and the forge's show different times: what the forge says of time is compared with nothing.
    @Suite struct ClocksApart {
        private static let law = Law(
            isExact: true, blockers: nil,
            gates: [
                Law.Gate(
                    name: "first", when: .unlessLabelled("trivial", by: "security"),
                    require: [Law.Quota(count: 1, team: "qa")], waivedBy: nil)
            ])

        /// Times of changes have whole seconds.
        ///
        /// Within the second that the service looked in somebody without the right takes the label off and puts it on
        /// again. Labels and the time of the last change are what they were.
        @Test(arguments: [(0.0, 0.0), (3600, 0), (-3600, 0), (10, 0), (-10, 0), (0, 10), (0, 3600), (-3600, 3600)])
        func aLabelPutBackWithinTheSecond(_ skew: Double, steppedBy step: Double) async throws {
            try await Scene.run { scene in
                try scene.world.push(
                    to: "main", of: Scene.repository, as: "keeper", files: [".countersign.yml": Self.law.text])
                try scene.world.push(
                    to: "feature/one", of: Scene.repository, as: "alice", files: ["src/one.txt": "one\n"])
                scene.here(
                    "POST", "/pulls", as: "alice", ["title": "Something", "head": "feature/one", "base": "main"])
                scene.here("POST", "/issues/1/labels", as: "carol", ["labels": [1]])
                scene.skew.withLock { $0 = skew }
                func summary() -> String? {
                    scene.world.update { world in
                        world.pulls.values.first.flatMap {
                            Watch.summary(Watch.Place(head: world.headSHA(of: $0), base: "main"), world)?.state
                        }
                    }
                }
                try await SteppedService.with(scene) { service in
                    try await service.pass(75, step: 15)
                    #expect(summary() == "success")
                    // A comment makes the service look within the second of the change.
                    scene.here("POST", "/issues/1/comments", as: "dave", ["body": "fine"])
                    try await service.hear(scene.world.takeDeliveries())
                    // The service's clock is set while it looks.
                    if step != 0 {
                        scene.simulator.beforeResponse = { _, _ in scene.skew.withLock { $0 = skew + step } }
                    }
                    try await service.events()
                    scene.simulator.beforeResponse = nil
                    scene.here("DELETE", "/issues/1/labels/1", as: "alice")
                    scene.here("POST", "/issues/1/labels", as: "alice", ["labels": [1]])
                    _ = scene.world.takeDeliveries()
                    #expect(summary() == "success", "nobody has looked yet")
                    try await service.pass(75, step: 15)
                    #expect(summary() == "pending", "\(skew) s apart")
                    // Nor does a wrong clock cost calls: once proven, a quiet pull request's timeline is not read again.
                    try await service.pass(330, step: 15)
                    scene.simulator.requests.reset()
                    try await service.pass(660, step: 15)
                    let reads = scene.simulator.requests.all
                    #expect(reads.contains { $0.path.hasSuffix("/reviews") })
                    #expect(!reads.contains { $0.path.hasSuffix("/timeline") }, "\(skew) s apart")
                }
            }
        }
    }
}
