import Foundation
import GiteaSimulator
import Synchronization

/// Deliveries as bytes, and threads that send them at a pace.
struct DeliveryLoad: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        /// From the moment when each was due to its answer, so that a late start counts too.
        var times: [Duration] = []
        /// How many were answered with each status; 0 for no answer.
        var statuses: [Int: Int] = [:]
        /// When each turn of the order was sent.
        var sentAt: [Int: ContinuousClock.Instant] = [:]
        var took = Duration.zero
    }

    /// Ready to be sent.
    let requests: [[UInt8]]
    let port: Int

    init(_ deliveries: [PendingDelivery], port: Int) {
        self.port = port
        requests = deliveries.map { delivery in
            var head = "POST /hooks/gitea HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
            for (name, value) in delivery.headers { head += "\(name): \(value)\r\n" }
            return Array("\(head)Content-Length: \(delivery.body.utf8.count)\r\n\r\n\(delivery.body)".utf8)
        }
    }

    /// Sends, by the order of indices into the requests.
    /// - Parameters:
    ///   - rate: how many a second; nil for as many as are answered.
    ///   - connections: how many at once at most.
    func send(_ order: [Int], rate: Double?, connections: Int) async -> Outcome {
        let shared = Shared(connections)
        let begin = ContinuousClock.now + .milliseconds(20)
        await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
            for _ in 0..<connections {
                let thread = Thread { if shared.add(work(order, rate, begin, shared)) { done.resume() } }
                thread.stackSize = 1 << 20
                thread.start()
            }
        }
        var outcome = shared.outcome
        outcome.took = begin.duration(to: .now)
        return outcome
    }

    /// What the threads share: whose turn it is, and what came of it so far.
    private final class Shared: Sendable {
        private let turn = Atomic(0)
        private let state: Mutex<(outcome: Outcome, threads: Int)>

        init(_ threads: Int) { state = Mutex((Outcome(), threads)) }

        var outcome: Outcome { state.withLock { $0.outcome } }
        func next() -> Int { turn.add(1, ordering: .relaxed).oldValue }

        /// Whether this was the last thread.
        func add(_ mine: Outcome) -> Bool {
            state.withLock { state in
                state.outcome.times += mine.times
                state.outcome.statuses.merge(mine.statuses, uniquingKeysWith: +)
                state.outcome.sentAt.merge(mine.sentAt) { $1 }
                state.threads -= 1
                return state.threads == 0
            }
        }
    }

    private func work(_ order: [Int], _ rate: Double?, _ begin: ContinuousClock.Instant, _ shared: Shared) -> Outcome {
        var mine = Outcome()
        var socket: LoopbackSocket?
        defer { socket?.close() }
        while true {
            let turn = shared.next()
            guard turn < order.count else { return mine }
            let due = rate.map { begin + .nanoseconds(Int64(Double(turn) / $0 * 1e9)) } ?? .now
            let wait = ContinuousClock.now.duration(to: due).inSeconds
            if wait > 0 { Thread.sleep(forTimeInterval: wait) }
            do {
                let connection = try socket ?? LoopbackSocket.connected(to: port)
                socket = connection
                mine.sentAt[turn] = .now
                mine.statuses[try connection.exchange(requests[order[turn]]), default: 0] += 1
            } catch {
                socket?.close()
                socket = nil
                mine.statuses[0, default: 0] += 1
            }
            mine.times.append(due.duration(to: .now))
        }
    }
}
