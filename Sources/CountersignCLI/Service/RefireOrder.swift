import GatePolicy
import GateService
import GateStore
import Synchronization

/// What an operator wants to have decided anew, as it goes through the control socket.
struct RefireOrder: Codable {
    /// Pull requests, repositories, organisations; none for everything.
    var targets: [Refiring.Target]
    /// Whether those that are decided are taken too.
    var takesAll: Bool
    /// Statuses of others that are to be green.
    var contexts: [String]

    /// What the service answers.
    struct Begun: Codable {
        /// The name of the round.
        var round: Int
        /// The pull requests.
        var chosen: [Refiring.Chosen]
        /// What could not be looked at.
        var unread: [Refiring.Unread]
    }
}

/// Pull requests that an operator had marked, until they are decided.
struct RefireRound: Sendable {
    var chosen: [Refiring.Chosen]
    /// How often each had failed before.
    var attempts: [Subject: Int]
    /// When they were marked.
    var since: Moment
}

/// The last rounds that operators began.
final class RefireRounds: Sendable {
    private static let kept = 16
    private let stored = Mutex<(next: Int, rounds: [Int: RefireRound])>((1, [:]))

    func begin(_ round: RefireRound) -> Int {
        stored.withLock { stored in
            let name = stored.next
            stored.next += 1
            stored.rounds[name] = round
            stored.rounds[name - Self.kept] = nil
            return name
        }
    }

    subscript(name: Int) -> RefireRound? { stored.withLock { $0.rounds[name] } }
}
