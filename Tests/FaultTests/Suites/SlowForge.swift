import Foundation
import GateForge
import GateService
import Testing

@testable import GiteaSimulator

extension Faults {
    /// The forge takes its time with every answer, but answers: nothing is given up, asked twice, or less right.
    @Suite struct SlowForge {
        private static func play(_ delay: Duration?) async throws -> (shown: [String?], calls: Int, errors: Int) {
            try await SteppedFaults.TheMachine.site { site in
                let scene = site.scene
                if let delay {
                    for login in ["gate", "keeper"] {
                        scene.simulator.faults.add(Fault(as: login, kind: .delay(delay)))
                    }
                }
                let service = try SteppedService(scene)
                var shown: [String?] = []
                func step() async throws {
                    try await service.hear(scene.world.takeDeliveries())
                    try await service.events()
                    shown += (1...2).map { site.summary($0) }
                }
                scene.simulator.requests.reset()
                try await step()
                site.review(2, "APPROVED", as: "bob")
                try await step()
                site.review(1, "REQUEST_CHANGES", as: "bea")
                try await step()
                site.watch.during {
                    _ = try? scene.world.push(
                        to: "feature/2", of: Scene.repository, as: "alice", files: ["src/more.txt": "more\n"])
                }
                try await step()
                #expect(site.wrong.isEmpty)
                let records = scene.simulator.requests.all.filter { $0.login == "gate" || $0.login == "keeper" }
                await service.gate.forge.shutdown()
                return (shown, records.count, records.count { ($0.status ?? 0) >= 500 })
            }
        }

        @Test func isOnlySlow() async throws {
            let began = ContinuousClock.now
            let fast = try await Self.play(nil)
            let between = ContinuousClock.now
            let slow = try await Self.play(.milliseconds(120))
            let ended = ContinuousClock.now
            #expect(
                fast.shown == ["success", "pending", "success", "success", "failure", "success", "failure", "pending"])
            #expect(slow.shown == fast.shown)
            #expect(slow.calls == fast.calls && slow.errors == 0, "\(slow.calls) calls, and \(fast.calls)")
            FaultSettings.tell(
                "a slow forge: \(slow.calls) calls, \(between - began) at once, \(ended - between) with 120 ms each")
        }
    }
}
