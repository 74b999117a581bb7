import Foundation
import GRDB
import Synchronization
import Testing

@testable import GiteaSimulator

/// The process is killed again and again while deliveries pour in: what was answered is not lost.
@Suite(.serialized) struct Kills {
    static let pulls = 20

    /// What was answered with a 2xx, and when it was sent at the earliest.
    struct Accepted: Sendable {
        var number: Int
        var sentAt: Int64
    }

    /// When the process is to be killed next: after so many calls to the forge, or so many answers to it.
    struct Trigger: Sendable {
        var calls: Int
        var answers: Int
        var isPulled = false
    }

    /// What the four sides share.
    private final class Storm: Sendable {
        struct State {
            var trigger: Trigger
            var calls = 0
            var accepted: [Accepted] = []
            var chance: Chance
        }

        let state: Mutex<State>

        init(_ trigger: Trigger, _ chance: Chance) { state = Mutex(State(trigger: trigger, chance: chance)) }
    }

    @Test func nothingThatWasAnsweredIsLost() async throws {
        let started = ContinuousClock.now
        var chance = Chance(FaultSettings.seed)
        let law = Law(
            isExact: true, blockers: nil,
            gates: [
                Law.Gate(name: "first", when: .always, require: [Law.Quota(count: 1, team: "qa")], waivedBy: nil)
            ])
        try await Scene.run(isRealTime: true) { scene in
            try await TestFolder.with { folder in
                try scene.world.push(
                    to: "main", of: Scene.repository, as: "keeper", files: [".countersign.yml": law.text])
                for number in 1...Self.pulls {
                    try scene.world.push(
                        to: "feature/\(number)", of: Scene.repository, as: "alice",
                        files: ["src/\(number).txt": "\(number)\n"])
                    let body: JSON = [
                        "title": "Something", "head": .string("feature/\(number)"), "base": "main",
                    ]
                    scene.here("POST", "/pulls", as: "alice", body)
                }
                _ = scene.world.takeDeliveries()
                var accepted = 0
                var duringEvaluation = 0
                for turn in 1...FaultSettings.kills {
                    let process = try ServeProcess(scene, in: folder)
                    try await process.ready()
                    let trigger = Trigger(
                        calls: chance.percent(60) ? chance.below(150) : .max, answers: chance.below(80))
                    let answers = try await Self.storm(scene, process, trigger, Chance(chance.next()))
                    process.wait()
                    accepted += answers.count
                    duringEvaluation += try Self.check(process.store, answers, turn)
                }
                try await Self.lookAtTheEnd(scene, folder, law)
                FaultSettings.tell(
                    """
                    kills: seed \(FaultSettings.seed), \(FaultSettings.kills) kills in \(ContinuousClock.now - started), \
                    \(accepted) deliveries answered, \(duringEvaluation) kills while something was worked on
                    """)
                #expect(accepted > FaultSettings.kills)
            }
        }
    }

    /// Deliveries from four sides until the process is killed.
    private static func storm(
        _ scene: Scene, _ process: ServeProcess, _ trigger: Trigger, _ chance: Chance
    ) async throws -> [Accepted] {
        let storm = Storm(trigger, chance)
        let identifier = process.identifier
        let pull: @Sendable ((Trigger) -> Bool) -> Void = { isDue in
            storm.state.withLock { state in
                guard !state.trigger.isPulled, isDue(state.trigger) else { return }
                state.trigger.isPulled = true
                kill(identifier, SIGKILL)
            }
        }
        scene.simulator.beforeResponse = { _, _ in
            let calls = storm.state.withLock { state in
                state.calls += 1
                return state.calls
            }
            pull { calls > $0.calls }
        }
        let hook = process.hook
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while !storm.state.withLock({ $0.trigger.isPulled }) {
                        let (number, isApproving) = storm.state.withLock { state in
                            (1 + state.chance.below(Self.pulls), state.chance.percent(60))
                        }
                        scene.here(
                            "POST", "/pulls/\(number)/reviews", as: "bob",
                            ["event": isApproving ? "APPROVED" : "REQUEST_CHANGES", "body": "seen"])
                        for delivery in scene.world.takeDeliveries() {
                            guard let number = JSON(parsing: Data(delivery.body.utf8))?["number"]?.int else { continue }
                            let sentAt = Int64(Date().timeIntervalSince1970 * 1000)
                            let status = await ServeProcess.deliver(delivery, to: hook)
                            guard let status, (200..<300).contains(status) else { continue }
                            let count = storm.state.withLock { state in
                                state.accepted.append(Accepted(number: number, sentAt: sentAt))
                                return state.accepted.count
                            }
                            pull { count > $0.answers }
                        }
                    }
                }
            }
        }
        scene.simulator.beforeResponse = nil
        return storm.state.withLock { $0.accepted }
    }

    /// The file as the killed process left it: sound, and with everything that was answered.
    /// - Returns: 1 when something was being worked on, else 0.
    private static func check(_ path: String, _ accepted: [Accepted], _ turn: Int) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { database in
            #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
            let dirty = Set(try String.fetchAll(database, sql: "SELECT target FROM dirty WHERE kind = 'pull'"))
            var checked: [Int: Int64] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT number, checkedAt FROM pull WHERE checkedAt NOT NULL") {
                checked[row["number"]] = row["checkedAt"]
            }
            for one in accepted where !dirty.contains("\(one.number)") {
                #expect(
                    checked[one.number, default: 0] >= one.sentAt,
                    "kill \(turn): #\(one.number) was answered and neither waits nor was looked at since")
            }
            let claimed = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM dirty WHERE claimed <> 0") ?? 0
            return claimed > 0 ? 1 : 0
        }
    }

    /// The last start works off what is left, and ends when it is asked to.
    private static func lookAtTheEnd(_ scene: Scene, _ folder: URL, _ law: Law) async throws {
        let process = try ServeProcess(scene, in: folder)
        try await process.ready()
        let judge = Judge(laws: [law.text: law])
        func wrong() -> [String] {
            scene.world.update { world in
                let justified = Watch.justified(judge, world)
                return world.pulls.values.filter { !$0.isClosed }.compactMap { pull in
                    let place = Watch.Place(head: world.headSHA(of: pull), base: pull.base)
                    let shown = Watch.summary(place, world)?.state
                    return (shown == "success") == justified.contains(place) && shown != nil
                        ? nil : "#\(pull.number) shows \(shown ?? "nothing")"
                }
            }
        }
        #expect(try await ServeProcess.until { wrong().isEmpty }, "\(wrong())")
        #expect(process.terminate() == 0)
    }
}
