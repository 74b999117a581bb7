import Foundation
import GateService
import Synchronization
import Testing

@testable import GiteaSimulator

extension SteppedFaults {
    /// Whatever people do and whatever cannot be read: no head is green that may not go in.
    @Suite struct NoFalseGreen {
        /// A green is looked behind every minute, people are believed for a minute, and a failed look is tried again
        /// within seconds: what this service promises, with the steps of these runs on top.
        static let window: TimeInterval = 60 + 60 + 15

        /// A server before 1.23 tells nobody of statuses: for so long it is believed what a head shows.
        static let forgeryWindow: TimeInterval = 900 + 15

        /// What the runs of one worker came to.
        struct Tally: Sendable {
            var runs = 0
            var reads = 0
            var faults = 0
            var betweens = 0
            var heads = 0
            var greens = 0
            var tolerated = 0
            var greenRuns = 0
            var finals = 0
            var passing = 0
            var cautious = 0
            var problems: [String] = []

            static func + (one: Tally, other: Tally) -> Tally {
                Tally(
                    runs: one.runs + other.runs, reads: one.reads + other.reads, faults: one.faults + other.faults,
                    betweens: one.betweens + other.betweens, heads: one.heads + other.heads,
                    greens: one.greens + other.greens, tolerated: one.tolerated + other.tolerated,
                    greenRuns: one.greenRuns + other.greenRuns, finals: one.finals + other.finals,
                    passing: one.passing + other.passing, cautious: one.cautious + other.cautious,
                    problems: one.problems + other.problems)
            }
        }

        @Test func neverWhateverHappens() async throws {
            let workers = Scene.workers
            let started = ContinuousClock.now
            let runs = FaultSettings.onlyRun.map { [$0] } ?? Array(0..<FaultSettings.runs)
            let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
                for worker in 0..<workers {
                    group.addTask {
                        try await Scene.run(version: Scene.version(of: worker)) { scene in
                            var tally = Tally()
                            for run in runs where run % workers == worker { try await Self.run(run, scene, &tally) }
                            return tally
                        }
                    }
                }
                return try await group.reduce(Tally(), +)
            }
            FaultSettings.tell(
                """
                no false green: seed \(FaultSettings.seed), \(tally.runs) runs in \(ContinuousClock.now - started), \
                \(tally.reads) reads of which \(tally.faults) failed, \(tally.betweens) acts between two calls, \
                \(tally.heads) looks at heads, \(tally.greens) green (\(tally.greenRuns) runs), of which \
                \(tally.tolerated) within the window of \(Int(Self.window)) s; at the end \(tally.finals) heads, \
                \(tally.passing) green, \(tally.cautious) red although the model lets them in
                """)
            for problem in tally.problems.prefix(10) { Issue.record("\(problem)") }
            #expect(tally.problems.isEmpty, "\(tally.problems.count) problems")
            // A suite that never sees a green proves nothing.
            if FaultSettings.onlyRun == nil {
                #expect(tally.greenRuns * 3 > tally.runs)
                #expect(tally.faults * 50 > tally.reads)
                #expect(tally.cautious * 20 < tally.finals)
            }
        }

        private static func run(_ number: Int, _ scene: Scene, _ tally: inout Tally) async throws {
            scene.restore()
            var chance = Chance(FaultSettings.seed &+ UInt64(number) &* 1_000_003)
            let watch = Watch(scene, window: window, forgeryWindow: forgeryWindow)
            var acts = RandomActs(scene, watch, Chance(chance.next()))
            acts.begin()
            let meddling = Meddling(
                acts, watch, seed: chance.next(), faultPercent: chance.pick([0, 2, 6, 15]) ?? 0,
                actPercent: chance.pick([0, 2, 6]) ?? 0)
            let lost = chance.pick([0, 30, 100]) ?? 0
            try await SteppedService.with(scene) { service in
                var service = service
                let greens = Mutex(Self.greens(scene))
                service.afterwards = { claim in
                    if let claim { meddling.tell("  worked off \(claim)") }
                    let now = Self.greens(scene)
                    let new = greens.withLock { greens in
                        defer { greens = now }
                        return now.subtracting(greens)
                    }
                    let failed = meddling.takeFailed()
                    guard !failed.reads.isEmpty, !failed.isMoved else { return }
                    watch.expect(Set(new.map(\.place)), withoutKnowing: failed.reads)
                }
                meddling.begin()
                for _ in 0..<(2 + chance.below(5)) {
                    meddling.act()
                    let waiting = scene.world.takeDeliveries().filter { _ in !chance.percent(lost) }
                    try await service.hear(chance.percent(50) ? waiting.shuffled(using: &chance) : waiting)
                    if chance.percent(35) {
                        try await service.pass(1 + chance.below(90), step: 15)
                    } else if chance.percent(70) {
                        try await service.turn()
                    }
                    watch.inspect()
                }
                meddling.stop()
                guard number % 4 == 0 || FaultSettings.onlyRun != nil else {
                    return count(number, watch, meddling, &tally)
                }
                // The forge is well again: what is shown is what the model says, once people are asked anew.
                try await service.pass(Int(service.gate.settings.peopleSeconds) + 1, step: 61)
                try await service.lookAgain()
                judge(scene, watch, meddling, &tally)
                count(number, watch, meddling, &tally)
            }
        }

        /// A row that made a summary green by the service's word.
        struct Green: Hashable, Sendable {
            var place: Watch.Place
            var row: Int
        }

        private static func greens(_ scene: Scene) -> Set<Green> {
            let prefix = "countersign: "
            return scene.world.update { world in
                var greens: Set<Green> = []
                for (head, rows) in world.repositories.values.flatMap(\.statuses) {
                    for row in rows where row.state == "success" && row.context.hasPrefix(prefix) {
                        guard row.creator == scene.people["gate"]?.id else { continue }
                        let base = String(row.context.dropFirst(prefix.count))
                        greens.insert(Green(place: Watch.Place(head: head, base: base), row: row.index))
                    }
                }
                return greens
            }
        }

        /// What is shown at the end, when everything was looked at, against what the model lets in.
        private static func judge(_ scene: Scene, _ watch: Watch, _ meddling: Meddling, _ tally: inout Tally) {
            let laws = watch.seen.laws
            let (open, justified) = scene.world.update { world in
                let open = world.pulls.values.filter { !$0.isClosed }
                return (
                    Set(open.map { Watch.Place(head: world.headSHA(of: $0), base: $0.base) }),
                    Watch.justified(Judge(laws: laws), world)
                )
            }
            for place in open {
                let isGreen = scene.world.update { Watch.summary(place, $0)?.state == "success" }
                tally.finals += 1
                tally.passing += isGreen ? 1 : 0
                if isGreen, !justified.contains(place) {
                    watch.object("\(place.head.prefix(8)) stays green for \(place.base)")
                }
                if !isGreen, justified.contains(place) {
                    tally.cautious += 1
                    meddling.tell("red for \(place.base) although the model lets it in: \(place.head.prefix(8))")
                }
            }
        }

        private static func count(_ number: Int, _ watch: Watch, _ meddling: Meddling, _ tally: inout Tally) {
            let seen = watch.seen
            let counts = meddling.counts
            tally.runs += 1
            tally.reads += counts.reads
            tally.faults += counts.faults
            tally.betweens += counts.betweens
            tally.heads += seen.heads
            tally.greens += seen.greens
            tally.tolerated += seen.tolerated
            tally.greenRuns += seen.greens > 0 ? 1 : 0
            let story = counts.story.joined(separator: "\n")
            if FaultSettings.onlyRun != nil { print(story) }
            tally.problems += seen.violations.map { "run \(number): \($0)\n\(story)" }
        }
    }
}
