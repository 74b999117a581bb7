import Foundation
import Testing

@testable import GiteaSimulator

extension SteppedFaults {
    /// A forge, or somebody on the way, that lies about one key at a time never turns a gate green.
    ///
    /// `FAULT_LIES=all` tells every lie there is; else so many are told, of each species about as many.
    @Suite struct KeyByKey {
        private struct Scenery: Sendable {
            var plot: Plot
            var world: WorldState
            var now: Date
            var exchanges: [Exchange]
            var lies: [Lie]
        }

        /// What some lies came to.
        private struct Tally: Sendable {
            var told = 0
            var believed: [Lie.Species: [String]] = [:]
            var leaks: [String] = []
        }

        @Test func noLieTurnsAGateGreen() async throws {
            let started = ContinuousClock.now
            try await Scene.run { scene in
                var chance = Chance(FaultSettings.seed)
                var sceneries: [Scenery] = []
                for plot in Plot.all where FaultSettings.onlyPlot.map({ plot.name.contains($0) }) ?? true {
                    try plot.stage(scene)
                    let forge = LyingForge(scene, gate: plot.gate)
                    let honest = try await forge.honest()
                    #expect(!honest.isGreen, "\(plot.name): \(honest.text)")
                    #expect(!honest.text.contains("not known"), "\(plot.name): \(honest.text)")
                    let exchanges = forge.exchanges
                    sceneries.append(
                        Scenery(
                            plot: plot, world: scene.world.update { $0 }, now: scene.clock.now, exchanges: exchanges,
                            lies: Liar(exchanges).lies(&chance)))
                }
                let count = sceneries.map(\.lies.count).reduce(0, +)
                if let limit = FaultSettings.lies { Self.choose(limit, of: &sceneries, &chance) }
                var tally = Tally()
                for scenery in sceneries {
                    scene.world.update { $0 = scenery.world }
                    scene.clock.set(scenery.now)
                    try await Self.tell(scenery, scene, &tally)
                }
                FaultSettings.tell(
                    """
                    key by key: seed \(FaultSettings.seed), \(tally.told) of \(count) lies about \
                    \(sceneries.map(\.exchanges.count).reduce(0, +)) answers in \(sceneries.count) scenes, \
                    \(tally.believed.count) species believed, in \(ContinuousClock.now - started)
                    """)
                Self.judge(tally, sceneries)
            }
        }

        /// Of every species of lies one, as long as there is room; of those that are known to be believed some more.
        private static func choose(_ limit: Int, of sceneries: inout [Scenery], _ chance: inout Chance) {
            var species: [Lie.Species: [(scenery: Int, lie: Int)]] = [:]
            for (index, scenery) in sceneries.enumerated() {
                for (number, lie) in scenery.lies.enumerated() {
                    species[lie.species, default: []].append((index, number))
                }
            }
            var chosen: [Set<Int>] = sceneries.map { _ in [] }
            // What is said to be believed is tried where it was.
            for entry in BelievedLies.all {
                for (index, scenery) in sceneries.enumerated() where scenery.plot.name == entry.scene {
                    chosen[index].formUnion(scenery.lies.indices.filter { entry.covers(scenery.lies[$0].species) })
                }
            }
            let names = species.keys.sorted().shuffled(using: &chance)
            for turn in 0..<limit {
                guard let one = chance.pick(species[names[turn % names.count]] ?? []) else { continue }
                chosen[one.scenery].insert(one.lie)
            }
            for index in sceneries.indices {
                sceneries[index].lies = chosen[index].sorted().map { sceneries[index].lies[$0] }
            }
        }

        private static func tell(_ scenery: Scenery, _ scene: Scene, _ tally: inout Tally) async throws {
            let forge = LyingForge(scene, gate: scenery.plot.gate)
            _ = try await forge.honest()
            let workers = 2
            let parts = try await withThrowingTaskGroup(of: Tally.self) { group in
                for worker in 0..<workers {
                    group.addTask {
                        var tally = Tally()
                        for index in scenery.lies.indices where index % workers == worker {
                            let lie = scenery.lies[index]
                            let outcome = try await forge.check(lie)
                            tally.told += 1
                            let story = "\(scenery.plot.name): \(lie)"
                            if outcome.isGreen { tally.believed[lie.species, default: []].append(story) }
                            if outcome.hasLeaked { tally.leaks.append(story) }
                        }
                        return tally
                    }
                }
                var parts: [Tally] = []
                for try await part in group { parts.append(part) }
                return parts
            }
            for part in parts {
                tally.told += part.told
                tally.believed.merge(part.believed) { $0 + $1 }
                tally.leaks += part.leaks
            }
        }

        private static func judge(_ tally: Tally, _ sceneries: [Scenery]) {
            for leak in tally.leaks { Issue.record("a token was sent elsewhere: \(leak)") }
            for (species, stories) in tally.believed.sorted(by: { $0.key < $1.key }) {
                guard !BelievedLies.all.contains(where: { $0.covers(species) }) else { continue }
                Issue.record("believed: \(species)\n\(stories.prefix(3).joined(separator: "\n"))")
            }
            for entry in BelievedLies.all where FaultSettings.onlyPlot == nil {
                #expect(
                    tally.believed.keys.contains { entry.covers($0) },
                    "no lie of this kind is believed any more; take it out: \(entry)")
            }
        }
    }
}
