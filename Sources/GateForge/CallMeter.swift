import Synchronization

/// Counts the calls of whatever runs inside `measure`, its child tasks included.
public final class CallMeter: Sendable {
    @TaskLocal static var current: CallMeter?

    private let calls = Mutex(0)

    /// How many calls were made so far; repetitions count.
    public var count: Int { calls.withLock { $0 } }

    /// A meter.
    public init() {}

    /// Runs the body; its calls are counted.
    public func measure<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        try await Self.$current.withValue(self) { try await body() }
    }

    func add() { calls.withLock { $0 += 1 } }
}
