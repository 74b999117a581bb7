import Dispatch
import Foundation
import GatePolicy
import Synchronization

/// Evaluations on threads of their own: one over many comments takes long, and whoever answers webhooks, operators and
/// signals must not wait for it.
enum Evaluating {
    private static let queues = (1...max(1, ProcessInfo.processInfo.activeProcessorCount)).map { number in
        DispatchQueue(label: "countersign.evaluating.\(number)")
    }
    /// How many wait or run in each.
    private static let open = Mutex(Array(repeating: 0, count: queues.count))

    /// What something comes to that computes for as long as it likes.
    static func apart<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        let number = open.withLock { open in
            let number = open.indices.min { open[$0] < open[$1] } ?? 0
            open[number] += 1
            return number
        }
        defer { open.withLock { $0[number] -= 1 } }
        return await withCheckedContinuation { continuation in
            queues[number].async { continuation.resume(returning: body()) }
        }
    }
}

extension Policy {
    /// ``evaluate(_:asksWhoCanSign:)``, apart.
    func evaluated(_ facts: Facts, _ settings: DecidingSettings) async -> Verdict {
        let asks = settings.asksWhoCanSign
        return await Evaluating.apart { self.evaluate(facts, asksWhoCanSign: asks) }
    }

    /// ``needs(_:asksWhoCanSign:)``, apart.
    func needed(_ facts: Facts, asksWhoCanSign: Bool) async -> Set<Need> {
        await Evaluating.apart { self.needs(facts, asksWhoCanSign: asksWhoCanSign) }
    }
}
