import GateForge
import GatePolicy

/// Everything that is decided about one commit: statuses belong to it, not to a pull request.
public struct Head: Sendable {
    /// One pull request of this head and base.
    public struct Claim: Sendable {
        /// Its number.
        public var number: Int64
        /// Whether its opener may write the code.
        public var openerMayWrite: Truth
        /// What it asks to be shown.
        public var statuses: [DesiredStatus]

        /// A claim.
        public init(number: Int64, openerMayWrite: Truth, statuses: [DesiredStatus]) {
            self.number = number
            self.openerMayWrite = openerMayWrite
            self.statuses = statuses
        }
    }

    /// A status that a commit should show, and the pull request it is of.
    public struct Shown: Hashable, Sendable {
        /// The status.
        public var status: DesiredStatus
        /// The pull request's number.
        public var number: Int64
    }

    /// The least favourable of the claims that count, for each context, in the order of the first claim.
    ///
    /// Those count whose opener may write, or may as far as is known; if none, the oldest: an outsider must not hold
    /// somebody's pull request by opening one with its head.
    public static func leastFavourable(_ claims: [Claim], asked: Int64) -> [Shown] {
        var counted = claims.filter { $0.openerMayWrite != .no }
        if counted.isEmpty { counted = claims.min { $0.number < $1.number }.map { [$0] } ?? [] }
        var order: [String] = []
        var worst: [String: Shown] = [:]
        for claim in counted.sorted(by: {
            ($0.number == asked ? 0 : 1, $0.number) < ($1.number == asked ? 0 : 1, $1.number)
        }) {
            for status in claim.statuses {
                if let known = worst[status.context] {
                    if status.isWorse(than: known.status) {
                        worst[status.context] = Shown(status: status, number: claim.number)
                    }
                } else {
                    order.append(status.context)
                    worst[status.context] = Shown(status: status, number: claim.number)
                }
            }
        }
        let summaries = order.filter { worst[$0]?.status.isSummary == true }
        return (order.filter { worst[$0]?.status.isSummary != true } + summaries).compactMap { context in
            worst[context].map { entry in
                guard entry.number != asked, entry.status.state != .success else { return entry }
                let description = "held by #\(entry.number), same commit: \(entry.status.description)"
                return Shown(
                    status: DesiredStatus(context: context, state: entry.status.state, description: description),
                    number: entry.number)
            }
        }
    }
}
