import Foundation
import Testing

@testable import GiteaSimulator

extension SteppedFaults {
    /// A delivery only says where to look: lost, doubled, reordered or replayed, the end is the same.
    @Suite struct EventsDoNotMatter {
        /// What becomes of the deliveries.
        enum Fate: String, CaseIterable, Sendable {
            case heard, someLost, allLost, doubled, reversed, replayed
        }

        /// Active pull requests are looked at within it, whatever was heard; a look believes who is in a team for a while.
        static let period = 300 + 60

        @Test func theEndIsTheSame() async throws {
            let workers = Scene.workers
            let scripts = max(3, FaultSettings.runs / 100)
            let started = ContinuousClock.now
            let counts = try await withThrowingTaskGroup(of: (ends: Int, deliveries: Int).self) { group in
                for worker in 0..<workers {
                    group.addTask {
                        try await Scene.run(version: Scene.version(of: worker)) { scene in
                            var sum = (ends: 0, deliveries: 0)
                            for script in 0..<scripts where script % workers == worker {
                                let counts = try await Self.compare(script, scene)
                                sum = (sum.ends + counts.ends, sum.deliveries + counts.deliveries)
                            }
                            return sum
                        }
                    }
                }
                return try await group.reduce((ends: 0, deliveries: 0)) {
                    ($0.ends + $1.ends, $0.deliveries + $1.deliveries)
                }
            }
            FaultSettings.tell(
                """
                events do not matter: seed \(FaultSettings.seed), \(scripts) scripts with \(Fate.allCases.count) fates \
                each in \(ContinuousClock.now - started), \(counts.deliveries) deliveries, \(counts.ends) summaries \
                compared \(Self.period) s after the last act
                """)
            #expect(counts.ends > scripts)
        }

        private static func compare(_ script: Int, _ scene: Scene) async throws -> (ends: Int, deliveries: Int) {
            var first: [String: String]?
            var deliveries = 0
            for fate in Fate.allCases {
                let (shown, count, story) = try await play(script, fate, scene)
                deliveries += count
                guard let expected = first else {
                    first = shown
                    continue
                }
                #expect(shown == expected, "script \(script), \(fate)\n\(story.joined(separator: "\n"))")
            }
            return ((first?.count ?? 0) * Fate.allCases.count, deliveries)
        }

        /// Plays a script from its beginning.
        /// - Returns: what the open pull requests show in the end, how much was delivered, and what happened.
        private static func play(
            _ script: Int, _ fate: Fate, _ scene: Scene
        ) async throws -> ([String: String], Int, [String]) {
            scene.restore()
            let watch = Watch(scene, window: .infinity, forgeryWindow: .infinity)
            var acts = RandomActs(
                scene, watch, Chance(FaultSettings.seed &+ UInt64(script) &* 7_777_777), readsStatuses: false)
            // What happens to deliveries has a chance of its own: the script is the same for every fate.
            var chance = Chance(FaultSettings.seed &+ UInt64(script))
            acts.begin()
            return try await SteppedService.with(scene) { service in
                try await service.hear(scene.world.takeDeliveries())
                try await service.turn()
                var story: [String] = []
                var all: [PendingDelivery] = []
                for _ in 0..<8 {
                    story.append(acts.act())
                    let waiting = scene.world.takeDeliveries()
                    all += waiting
                    switch fate {
                    case .heard, .replayed: try await service.hear(waiting)
                    case .someLost: try await service.hear(waiting.filter { _ in chance.percent(60) })
                    case .allLost: break
                    case .doubled: try await service.hear(waiting + waiting)
                    case .reversed: if all.count > 6 || chance.percent(20) { try await service.hear(all.reversed()) }
                    }
                    if fate != .reversed { try await service.events() }
                }
                if fate == .replayed { try await service.hear(all.shuffled(using: &chance) + all) }
                try await service.pass(period + 15, step: 15)
                return (shown(scene), all.count, story)
            }
        }

        /// State and text of the summary of every open pull request; and what is green that is no head.
        private static func shown(_ scene: Scene) -> [String: String] {
            scene.world.update { world in
                var shown: [String: String] = [:]
                var heads: Set<String> = []
                for pull in world.pulls.values where !pull.isClosed {
                    let place = Watch.Place(head: world.headSHA(of: pull), base: pull.base)
                    heads.insert(place.head)
                    let row = Watch.summary(place, world)
                    shown["#\(pull.number) into \(pull.base)"] = "\(row?.state ?? "nothing"): \(row?.description ?? "")"
                }
                for (head, rows) in world.repositories.values.flatMap(\.statuses) where !heads.contains(head) {
                    let last = rows.last { $0.context.hasPrefix("countersign: ") }
                    if last?.state == "success" { shown["\(head) is no head"] = "green" }
                }
                return shown
            }
        }
    }
}
