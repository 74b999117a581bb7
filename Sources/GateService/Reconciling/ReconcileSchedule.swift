import GateForge
import GatePolicy
import GateStore
import Synchronization

/// What the reconciler did when, since the start: everything is looked at again after a start.
final class ReconcileSchedule: Sendable {
    private struct State {
        var discoveredAt: Moment?
        /// Failures since the last whole discovery.
        var failedDiscoveries = 0
        /// Owners, in lower case, whose whole lists tell what became of their repositories.
        var listedOwners: Set<String> = []
        /// When repositories that are left alone were asked for.
        var soughtAt: [Int64: Moment] = [:]
        /// How long to wait after the last that was sought.
        var soughtLast: (at: Moment, pause: Duration)?
        var listedAt: [Int64: Moment] = [:]
        /// Repositories that are to be listed before they are due.
        var woken: Set<Int64> = []
        var expiredAt: Moment?
        var pacedAt: Moment?
        var pace: Pace?
        /// Calls for one look, on average.
        var lookCost = 2.0
        /// What happened since the store cannot be written.
        var stall = Stall()
    }

    /// Rounds in a row that the store let fail, and what came of the greens that were to be made errors.
    private struct Stall {
        var rounds = 0
        var withdrawn: Set<OpenGreen> = []
        var failed: Set<OpenGreen> = []
        /// When the forge was last begun to be asked what is green, and what it is still to be asked of.
        var sweptAt: Moment?
        /// Whether it was begun for everything that there is.
        var isWhole = false
        var followsWholeSweep = false
        var waiting: [Sweep] = []
        /// What could not be asked, or not be posted over: once more when all else was.
        var again: [Sweep] = []
        /// When that was taken up last.
        var resumedAt: Moment?
        /// What was posted over though nobody can read it, since the forge was begun to be asked.
        var blind: Set<BlindSummary> = []
    }

    /// What the forge is to be asked next, to find what is green.
    enum Sweep: Sendable {
        case list(RepositoryName)
        case look(PullRequestSnapshot)
    }

    /// What the lists showed.
    let pulls = ListedPulls()
    /// What was told of rounds that failed.
    let repeats = Repeats()

    private let state = Mutex(State())

    /// Whether repositories are to be found; one that failed is tried again sooner, and not at once.
    func isDiscoveryDue(_ now: Moment, every period: Duration) -> Bool {
        state.withLock { state in
            let failures = state.failedDiscoveries
            let wait = failures == 0 ? period : min(Backoff().delay(after: failures, random: 1), period)
            return Self.isDue(state.discoveredAt, now, wait)
        }
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

    /// - Parameters:
    ///   - isWhole: whether every list could be had that there is.
    ///   - owners: those whose lists have everything.
    func discovered(_ now: Moment, isWhole: Bool, _ owners: Set<String>) {
        state.withLock { state in
            state.discoveredAt = now
            state.failedDiscoveries = isWhole ? 0 : state.failedDiscoveries + 1
            state.listedOwners = owners
        }
    }

    /// Whether the list of an owner tells what became of his repositories.
    func isListed(_ owner: String) -> Bool { state.withLock { $0.listedOwners.contains(owner.lowercased()) } }

    /// The repository to be asked for next, the one that nobody asked for for longest; nil while none is due.
    /// - Parameter period: how often each is asked for.
    func nextToSeek(_ ids: [Int64], _ now: Moment, every period: Duration) -> Int64? {
        state.withLock { state in
            let known = Set(ids)
            state.soughtAt = state.soughtAt.filter { known.contains($0.key) }
            if let last = state.soughtLast, !Self.isDue(last.at, now, last.pause) { return nil }
            let due = ids.filter { Self.isDue(state.soughtAt[$0], now, period) }
            return due.min { state.soughtAt[$0]?.milliseconds ?? .min < state.soughtAt[$1]?.milliseconds ?? .min }
        }
    }

    func sought(_ repository: Int64, _ now: Moment) { state.withLock { $0.soughtAt[repository] = now } }

    /// Nothing is sought for a while.
    func rest(_ pause: Duration, _ now: Moment) { state.withLock { $0.soughtLast = (now, pause) } }

    /// Counts a round that failed for want of the store.
    /// - Returns: how many did in a row.
    func failedForWantOfStore() -> Int {
        state.withLock { state in
            state.stall.rounds += 1
            return state.stall.rounds
        }
    }

    /// Whether the last round failed for want of the store.
    var isStalled: Bool { state.withLock { $0.stall.rounds > 0 } }

    /// The store can be written.
    func recovered() { state.withLock { $0.stall = Stall() } }

    /// Whether the forge is to be asked anew what is green; not before it was asked for all of it once.
    func isSweepDue(_ now: Moment, every period: Duration) -> Bool {
        state.withLock { state in
            let wait = state.stall.isWhole ? period : min(period, Self.sweepPause)
            return state.stall.waiting.isEmpty && Self.isDue(state.stall.sweptAt, now, wait)
        }
    }

    /// Whether all of it was asked before, so that nothing that was green then stands.
    var followsWholeSweep: Bool { state.withLock { $0.stall.followsWholeSweep } }

    /// - Parameter isWhole: whether these are all repositories; else it is due again a little after they were asked for.
    func beginSweep(_ repositories: [RepositoryName], isWhole: Bool, _ now: Moment) {
        state.withLock { state in
            state.stall.followsWholeSweep = state.stall.isWhole && state.stall.again.isEmpty
            (state.stall.sweptAt, state.stall.isWhole) = (now, isWhole)
            (state.stall.waiting, state.stall.again) = (repositories.map(Sweep.list), [])
            if isWhole { state.stall.blind = [] }
        }
    }

    /// What failed may fail for as long as somebody likes: it is not tried in every round.
    private static let sweepPause = Duration.seconds(3)

    /// Takes up what failed, once all else was asked for, however much was spent.
    func resumeSweep(_ now: Moment) {
        state.withLock { state in
            guard state.stall.waiting.isEmpty, !state.stall.again.isEmpty,
                Self.isDue(state.stall.resumedAt, now, Self.sweepPause)
            else { return }
            state.stall.resumedAt = now
            (state.stall.waiting, state.stall.again) = (state.stall.again, [])
        }
    }

    /// Whether the summary of a head that nobody can read is to be posted over: once for each time that all is asked for.
    func isToPostBlindly(_ summary: BlindSummary) -> Bool { state.withLock { !$0.stall.blind.contains(summary) } }
    func postedBlindly(_ summary: BlindSummary) { state.withLock { _ = $0.stall.blind.insert(summary) } }

    /// What to ask for next; nil where nothing is left of this round.
    func nextToSweep() -> Sweep? { state.withLock { $0.stall.waiting.popLast() } }

    func sweep(_ pulls: [PullRequestSnapshot]) { state.withLock { $0.stall.waiting += pulls.map(Sweep.look) } }
    func failedToSweep(_ one: Sweep) { state.withLock { $0.stall.again.append(one) } }

    func withdrew(_ green: OpenGreen) { state.withLock { _ = $0.stall.withdrawn.insert(green) } }
    func failedToWithdraw(_ green: OpenGreen) { state.withLock { _ = $0.stall.failed.insert(green) } }

    /// Those that still stand, the ones last that could not be posted over.
    func notWithdrawn(_ greens: [OpenGreen]) -> [OpenGreen] {
        state.withLock { state in
            let standing = greens.filter { !state.stall.withdrawn.contains($0) }
            return standing.filter { !state.stall.failed.contains($0) }
                + standing.filter { state.stall.failed.contains($0) }
        }
    }

    func listed(_ repository: Int64, _ now: Moment) { state.withLock { $0.listedAt[repository] = now } }

    /// Has repositories listed before they are due.
    func wake(_ repositories: [Int64]) { state.withLock { $0.woken.formUnion(repositories) } }

    /// The list of one that was woken was read; one that could not be is due anew.
    func heard(_ repository: Int64) { state.withLock { _ = $0.woken.remove(repository) } }

    func isWoken(_ repository: Int64) -> Bool { state.withLock { $0.woken.contains(repository) } }

    func expired(_ now: Moment) { state.withLock { $0.expiredAt = now } }

    /// A clock that jumped back makes things due rather than late.
    private static func isDue(_ last: Moment?, _ now: Moment, _ period: Duration) -> Bool {
        guard let last else { return true }
        return now < last || now >= last + period
    }
}

/// A base's summary on a head that nobody can read; a fork's row of the same commit is another one.
struct BlindSummary: Hashable, Sendable {
    var repository: Int64
    var head: CommitID
    var context: ExactText
}
