import GateStore
import Synchronization

/// What is told of something that fails over and over: each problem at once, and then once a minute.
final class Repeats: Sendable {
    private let told = Mutex<[String: Moment]>([:])

    /// Whether it is to be told.
    func isToTell(_ problem: String, at now: Moment) -> Bool {
        told.withLock { told in
            // A clock that was set back hides nothing.
            told = told.filter { now >= $0.value && now.since($0.value) < .seconds(60) }
            guard told[problem] == nil else { return false }
            told[problem] = now
            return true
        }
    }
}
