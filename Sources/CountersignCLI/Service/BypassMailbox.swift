import GateStore
import Logging
import ServiceLifecycle
import Synchronization

/// What is to be told of bypasses, one after the other: what waits when the service ends is told before, or logged.
final class BypassMailbox: Service {
    private typealias Letter = (bypass: Bypass, messenger: BypassMessenger)

    /// How many may wait.
    static let capacity = 1_000

    private let waiting = Mutex<[Letter]>([])
    private let (arrivals, arrival) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Takes one to be told; returns at once.
    func send(_ bypass: Bypass, by messenger: BypassMessenger) {
        let isTaken = waiting.withLock { waiting in
            guard waiting.count < Self.capacity else { return false }
            waiting.append((bypass, messenger))
            return true
        }
        if isTaken { arrival.yield() } else { messenger.giveUp(bypass, "too many wait to be told") }
    }

    /// Runs until it is told to stop, and nothing waits any more.
    func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in arrivals { await tellAll() }
        } onGracefulShutdown: { [arrival] in
            arrival.finish()
        }
        while let letter = next() { letter.messenger.giveUp(letter.bypass, "the service ended") }
    }

    private func tellAll() async {
        while !Task.isCancelled, let letter = next() { await letter.messenger.tell(letter.bypass) }
    }

    private func next() -> Letter? { waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
