import Foundation
import FreePorts
import GateForge
import Testing

@testable import GateService
@testable import GiteaSimulator

extension Faults {
    /// The forge is down, slow, or answers nonsense for a while: the service stays up, asks little, and recovers by itself.
    @Suite struct Outage {
        enum Kind: String, CaseIterable, Sendable {
            case down, badGateway, page, tooMany, truncated, nonsense, tokenRefused, silent, refused

            /// What the simulator answers; nil where nobody listens.
            var fault: Fault.Kind? {
                switch self {
                case .down: .status(500)
                case .badGateway: .html(502)
                case .page: .html(200)
                case .tooMany: .status(429, retryAfter: 120)
                case .truncated: .truncated
                case .nonsense: .body("{}")
                case .tokenRefused: .status(401)
                case .silent: .hang
                case .refused: nil
                }
            }
        }

        static let pulls = 6
        /// How much more memory an hour of failing may take, in bytes.
        static let memoryBound = 64 * 1024 * 1024

        @Test(arguments: Kind.allCases) func recoversByItself(_ kind: Kind) async throws {
            let law = BoundToHeadBaseAndPolicy.strict
            // A call that never ends costs its whole deadline.
            let isSlow = kind == .silent
            let seconds = isSlow ? 30 : 3600
            try await Scene.run { scene in
                let watch = Watch(scene, window: .infinity, forgeryWindow: .infinity)
                watch.during {
                    _ = try? scene.world.push(
                        to: "main", of: Scene.repository, as: "keeper", files: [".countersign.yml": watch.know(law)])
                    _ = try? scene.open(1...Self.pulls)
                }
                let service = try SteppedService(scene)
                // Where no call ends nobody waits for the whole deadline: the same service, less patient.
                let failing =
                    switch kind {
                    case .silent: try SteppedService(scene, store: service.store, deadline: .milliseconds(40))
                    case .refused:
                        try SteppedService(
                            scene, store: service.store, address: "http://127.0.0.1:\(try FreePorts.take())")
                    default: service
                    }
                for number in 1...3 {
                    watch.during { Self.review(scene, number, "APPROVED", as: "bob") }
                }
                try await service.pass(75, step: 15)
                #expect(Self.greens(scene) == 3)

                if let fault = kind.fault {
                    for login in ["gate", "keeper"] { scene.simulator.faults.add(Fault(as: login, kind: fault)) }
                }
                watch.during {
                    Self.review(scene, 1, "REQUEST_CHANGES", as: "bea")
                    Self.review(scene, 4, "APPROVED", as: "bob")
                    _ = try? scene.world.push(
                        to: "feature/2", of: Scene.repository, as: "alice", files: ["src/more.txt": "more\n"])
                }
                try await failing.hear(scene.world.takeDeliveries())
                scene.simulator.requests.reset()
                let before = Memory.resident
                try await failing.pass(seconds, step: isSlow ? 15 : 30)
                let grown = Memory.resident - before
                let calls = scene.simulator.requests.count
                scene.simulator.faults.clear()

                // The lists find that the forge is there again.
                try await service.pass(75, step: 15)
                let justified = scene.world.update { Watch.justified(Judge(laws: watch.seen.laws), $0) }
                #expect(justified.count == 2)
                #expect(Self.wrong(scene, justified).isEmpty)
                FaultSettings.tell(
                    "outage \(kind): \(calls) calls in \(seconds) s, \(grown / 1024) KiB more, right afterwards")
                #expect(grown < Self.memoryBound)
                // Three tries a call, and no hot loop: the schedule's budget and the backed-off looks.
                #expect(calls < seconds * 8)
                await service.gate.forge.shutdown()
                if [.silent, .refused].contains(kind) { await failing.gate.forge.shutdown() }
            }
        }

        private static func review(_ scene: Scene, _ number: Int, _ event: String, as person: String) {
            scene.clock.advance(by: 1)
            scene.here("POST", "/pulls/\(number)/reviews", as: person, ["event": .string(event), "body": "seen"])
        }

        private static func places(_ scene: Scene) -> [(Watch.Place, String?)] {
            scene.world.update { world in
                world.pulls.values.filter { !$0.isClosed }.map { pull in
                    let place = Watch.Place(head: world.headSHA(of: pull), base: pull.base)
                    return (place, Watch.summary(place, world)?.state)
                }
            }
        }

        private static func greens(_ scene: Scene) -> Int { places(scene).count { $0.1 == "success" } }

        private static func wrong(_ scene: Scene, _ justified: Set<Watch.Place>) -> [String] {
            places(scene).filter { ($0.1 == "success") != justified.contains($0.0) || $0.1 == nil }.map { "\($0)" }
        }
    }
}

/// What this process takes of the machine.
enum Memory {
    /// Bytes that are resident at this moment.
    static var resident: Int { resident(of: "self") }

    static func resident(of process: String) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)) ?? ""
        let fields = text.split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * 4096
    }
}
