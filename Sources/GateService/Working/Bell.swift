import Synchronization

/// Wakes the lanes of the worker when there is something to do.
public final class Bell: Sendable {
    private struct State {
        var next = 0
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var isSilent = false
    }

    private let state = Mutex(State())

    /// A bell that nobody hears yet.
    public init() {}

    /// Rings that were not heard yet count as one.
    func listen() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            state.withLock { state in
                if state.isSilent {
                    continuation.finish()
                    return
                }
                let number = state.next
                state.next += 1
                state.listeners[number] = continuation
                continuation.onTermination = { [weak self] _ in
                    self?.state.withLock { $0.listeners[number] = nil }
                }
                continuation.yield()
            }
        }
    }

    /// Wakes everybody.
    public func ring() {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
    }

    /// Sends everybody home.
    func silence() {
        let listeners = state.withLock { state in
            state.isSilent = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
