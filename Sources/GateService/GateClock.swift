import GatePolicy
import GateStore

/// Time and chance as the service meets them: handed in, so that tests step it and never wait.
public struct GateClock: Sendable {
    /// The time.
    public var now: @Sendable () -> Moment
    /// How long something has been running, by a clock that nobody sets: it only goes on.
    public var uptime: @Sendable () -> Duration
    /// Waits; throws when the caller is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A number from 0 to 1, for spreading waits.
    public var random: @Sendable () -> Double

    /// Where the uptime begins.
    public static let origin = ContinuousClock.now

    /// A clock.
    public init(
        now: @escaping @Sendable () -> Moment,
        uptime: @escaping @Sendable () -> Duration = { GateClock.origin.duration(to: .now) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
        self.random = random
    }
}
