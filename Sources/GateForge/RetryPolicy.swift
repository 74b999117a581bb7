#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How often and after what wait a call that may be repeated is repeated.
public struct RetryPolicy: Sendable {
    /// Tries in all.
    public var attempts: Int
    /// The wait before the second try; it doubles for each further one.
    public var firstDelay: Duration
    /// The longest wait; a `Retry-After` beyond it ends the tries.
    public var longestDelay: Duration
    /// A number from 0 to 1 that spreads the waits: they last between half and all of their time.
    public var jitter: @Sendable () -> Double
    /// Waits.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// A policy; the defaults are for production.
    public init(
        attempts: Int = 3, firstDelay: Duration = .milliseconds(250), longestDelay: Duration = .seconds(30),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.jitter = jitter
        self.sleep = sleep
    }

    /// The wait after the given try (counted from 1).
    func delay(after attempt: Int) -> Duration {
        var delay = firstDelay
        for _ in 1..<max(attempt, 1) where delay < longestDelay { delay *= 2 }
        return min(delay, longestDelay) * (0.5 + min(max(jitter(), 0), 1) / 2)
    }
}
