import GateStore
import Synchronization

/// What the reconciler did when, since the start: everything is looked at again after a start.
final class ReconcileSchedule: Sendable {
    private struct State {
        var discoveredAt: Moment?
        var listedAt: [Int64: Moment] = [:]
        var expiredAt: Moment?
        var pacedAt: Moment?
        var pace: Pace?
        /// Calls for one look, on average.
        var lookCost = 2.0
    }

    /// What the lists showed.
    let pulls = ListedPulls()

    private let state = Mutex(State())

    func isDiscoveryDue(_ now: Moment, every period: Duration) -> Bool {
        state.withLock { Self.isDue($0.discoveredAt, now, period) }
    }

    func isListDue(_ repository: Int64, _ now: Moment, every period: Duration) -> Bool {
        state.withLock { Self.isDue($0.listedAt[repository], now, period) }
    }

    func isExpiryDue(_ now: Moment) -> Bool {
        state.withLock { Self.isDue($0.expiredAt, now, .seconds(6 * 3600)) }
    }

    func isPaceDue(_ now: Moment) -> Bool { state.withLock { Self.isDue($0.pacedAt, now, .seconds(10)) } }

    /// The pace at present; nil before the first was found.
    var pace: Pace? { state.withLock { $0.pace } }

    func paced(_ pace: Pace, _ now: Moment) { state.withLock { ($0.pace, $0.pacedAt) = (pace, now) } }

    /// Calls for one look, on average.
    var lookCost: Double { state.withLock { $0.lookCost } }

    /// Counts what one look cost.
    func looked(_ calls: Int) { state.withLock { $0.lookCost += (Double(calls) - $0.lookCost) / 20 } }

    /// Whether the repository was listed since the start.
    func wasListed(_ repository: Int64) -> Bool { state.withLock { $0.listedAt[repository] != nil } }

    func discovered(_ now: Moment) { state.withLock { $0.discoveredAt = now } }
    func listed(_ repository: Int64, _ now: Moment) { state.withLock { $0.listedAt[repository] = now } }
    func expired(_ now: Moment) { state.withLock { $0.expiredAt = now } }

    /// A clock that jumped back makes things due rather than late.
    private static func isDue(_ last: Moment?, _ now: Moment, _ period: Duration) -> Bool {
        guard let last else { return true }
        return now < last || now >= last + period
    }
}
