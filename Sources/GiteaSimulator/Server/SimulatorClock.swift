import Foundation
import Synchronization

/// A clock that moves only when it is told to.
public final class SimulatorClock: Sendable {
    private let date: Mutex<Date>

    /// A clock that stands at a moment.
    public init(_ start: Date = Date(timeIntervalSince1970: 1_780_000_000)) { date = Mutex(start) }

    /// The present moment.
    public var now: Date { date.withLock { $0 } }

    /// Moves on.
    public func advance(by seconds: TimeInterval) { date.withLock { $0 += seconds } }

    /// Jumps to a moment.
    public func set(_ moment: Date) { date.withLock { $0 = moment } }
}
