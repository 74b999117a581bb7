import Synchronization

@testable import GiteaSimulator

/// What goes wrong between two calls of the service, by chance: reads fail, and people act.
final class Meddling: Sendable {
    private struct State {
        var acts: RandomActs
        /// How often each call was made.
        var made: [String: Int] = [:]
        /// Reads that fail from now on, and how often still.
        var failing: [String: Int] = [:]
        /// Reads whose last answer, since the last evaluation began, was a fault.
        var failed: Set<String> = []
        /// Reads that were answered well at some time.
        var answered: Set<String> = []
        var isMoved = false
        var reads = 0
        var faults = 0
        var betweens = 0
        var story: [String] = []
    }

    let watch: Watch
    private let state: Mutex<State>
    private let seed: UInt64
    /// How many of a hundred reads begin to fail.
    let faultPercent: Int
    /// How many of a hundred calls somebody acts before.
    let actPercent: Int

    /// - Parameter seed: decides for each call by itself what happens to it: which of two that are side by side comes
    ///   first does not matter.
    init(_ acts: RandomActs, _ watch: Watch, seed: UInt64, faultPercent: Int, actPercent: Int) {
        self.watch = watch
        self.seed = seed
        self.faultPercent = faultPercent
        self.actPercent = actPercent
        state = Mutex(State(acts: acts))
    }

    var counts: (reads: Int, faults: Int, betweens: Int, story: [String]) {
        state.withLock { ($0.reads, $0.faults, $0.betweens, $0.story) }
    }

    /// Somebody acts, while the service does nothing.
    func act() { state.withLock { $0.story.append($0.acts.act()) } }

    func tell(_ text: String) { state.withLock { $0.story.append(text) } }

    /// The reads whose last answer was a fault since this was asked last, and whether somebody acted meanwhile.
    func takeFailed() -> (reads: Set<String>, isMoved: Bool) {
        state.withLock { state in
            defer { (state.failed, state.isMoved) = ([], false) }
            return (state.failed, state.isMoved)
        }
    }

    /// Nothing goes wrong any more.
    func stop() {
        watch.scene.simulator.beforeResponse = nil
        watch.scene.simulator.faults.clear()
    }

    func begin() {
        watch.scene.simulator.beforeResponse = { [self] record, _ in before(record) }
    }

    private func before(_ record: RequestRecord) {
        watch.inspect()
        state.withLock { state in
            let key = "\(record.path)?\(record.query)"
            let call = "\(record.method) \(key)"
            state.made[call, default: 0] += 1
            var chance = Chance(seed, call, state.made[call, default: 0])
            if chance.percent(actPercent) {
                state.betweens += 1
                state.isMoved = true
                state.story.append("  before \(record.method) \(record.path): \(state.acts.act())")
            }
            guard record.method == "GET" else { return }
            state.reads += 1
            if state.failing[key, default: 0] == 0, chance.percent(faultPercent) {
                // Three tries are one read: one or two faults are healed by the client itself.
                state.failing[key] = chance.percent(15) ? 1000 : 1 + chance.below(7)
            }
            guard let left = state.failing[key], left > 0 else {
                state.failed.remove(key)
                state.answered.insert(key)
                return
            }
            state.failing[key] = left - 1
            state.faults += 1
            // What an object's id names never changes: who had it once knows it.
            if !(Self.isOfAnObject(record.path) && state.answered.contains(key)) { state.failed.insert(key) }
            var kind = Self.kind(&chance)
            // There is no such repository: a 404 is the truth.
            if case .status(404, _) = kind, record.path.hasSuffix("/.countersign") { kind = .status(500) }
            watch.scene.simulator.faults.add(Fault(method: "GET", path: record.path, times: 1, kind: kind))
            state.story.append("  fails: \(key): \(kind)")
        }
    }

    private static func isOfAnObject(_ path: String) -> Bool {
        path.contains("/git/trees/") || path.contains("/git/blobs/")
    }

    private static func kind(_ chance: inout Chance) -> Fault.Kind {
        switch chance.below(9) {
        case 0: .status(500)
        case 1: .status(502)
        case 2: .status(403)
        case 3: .status(404)
        case 4: .status(401)
        case 5: .status(429)
        case 6: .html(chance.percent(50) ? 200 : 502)
        case 7: .truncated
        default: .body(chance.percent(50) ? "{}" : "null")
        }
    }
}
