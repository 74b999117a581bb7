import Foundation
import GatePolicy
import Synchronization
import Testing

@testable import GateService
@testable import GateStore
@testable import GiteaSimulator

extension SteppedFaults {
    /// The worker as it runs: what a delivery names does not wait for what a list found.
    @Suite struct EventsFirst {
        /// A list has found all open pull requests changed, and each call of their looks takes for ever; an approval comes in.
        @Test func aListDoesNotHoldADeliveryUp() async throws {
            try await TheMachine.site { site in
                let scene = site.scene
                try scene.open(3...9)
                _ = scene.world.takeDeliveries()
                var settings = GateSettings(repositories: try RepositorySelection(["acme/*"]))
                settings.concurrency = 2
                settings.backgroundCalls = 1000
                try await SteppedService.with(scene, settings: settings) { service in
                    // The list marks them; nothing was looked at so far.
                    scene.clock.advance(by: 1)
                    await service.gate.reconcile()
                    #expect(try await service.store.backlog(service.gate.now()).background >= 9)
                    scene.clock.advance(by: 1)
                    let name = try #require(RepositoryName(Scene.repository))
                    try await service.gate.refire(name, .pull(2))
                    let held = Mutex<[CheckedContinuation<Void, Never>]?>([])
                    let (done, end) = AsyncStream<Void>.makeStream()
                    let head = scene.world.update { $0.pulls.values.first { $0.number == 2 }?.headSHA ?? "" }
                    let asked = Mutex<Set<String>>([])
                    scene.simulator.beforeResponse = { record, _ in
                        if record.method == "POST", record.path.hasSuffix("/statuses/\(head)") { end.yield() }
                        let parts = record.path.split(separator: "/").map(String.init)
                        guard parts.count > 4, parts[3] == "pulls", parts[4] != "2" else { return }
                        asked.withLock { _ = $0.insert(parts[4]) }
                        await withCheckedContinuation { call in
                            let isOpen = held.withLock { waiting in
                                waiting?.append(call)
                                return waiting == nil
                            }
                            if isOpen { call.resume() }
                        }
                    }
                    let gate = service.gate
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { try await Worker(GatekeeperHolder(gate)).run() }
                        _ = await done.first { _ in true }
                        // One lane is for the schedule; both of the others are free for whoever waits.
                        #expect(asked.withLock { $0.count } <= 1, "\(asked.withLock { $0 })")
                        gate.bell.silence()
                        let waiting = held.withLock { held in
                            defer { held = nil }
                            return held ?? []
                        }
                        for call in waiting { call.resume() }
                        try await group.waitForAll()
                    }
                    scene.simulator.beforeResponse = nil
                }
            }
        }
    }
}
