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

    /// The pull requests that decide what is shown, by number and whether their opener may write.
    static func counted(_ pulls: [(number: Int64, openerMayWrite: Truth)]) -> Set<Int64> {
        let counted = pulls.filter { $0.openerMayWrite != .no }.map(\.number)
        return Set(counted.isEmpty ? pulls.map(\.number).min().map { [$0] } ?? [] : counted)
    }

    /// The least favourable of the claims that count, for each context, in the order of the first claim.
    ///
    /// Those count whose opener may write, or may as far as is known; if none, the oldest: an outsider must not hold
    /// somebody's pull request by opening one with its head.
    public static func leastFavourable(_ claims: [Claim], asked: Int64) -> [Shown] {
        let numbers = counted(claims.map { ($0.number, $0.openerMayWrite) })
        let counted = claims.filter { numbers.contains($0.number) }
        var order: [ExactText] = []
        var worst: [ExactText: Shown] = [:]
        for claim in counted.sorted(by: {
            ($0.number == asked ? 0 : 1, $0.number) < ($1.number == asked ? 0 : 1, $1.number)
        }) {
            for status in claim.statuses {
                let context = ExactText(status.context)
                if let known = worst[context] {
                    if status.isWorse(than: known.status) {
                        worst[context] = Shown(status: status, number: claim.number)
                    }
                } else {
                    order.append(context)
                    worst[context] = Shown(status: status, number: claim.number)
                }
            }
        }
        for claim in counted { claim.holdWhatItDoesNotName(&worst) }
        let summaries = order.filter { worst[$0]?.status.isSummary == true }
        return (order.filter { worst[$0]?.status.isSummary != true } + summaries).compactMap { context in
            worst[context].map { entry in
                guard entry.number != asked, entry.status.state != .success else { return entry }
                let description = "held by #\(entry.number), same commit: \(entry.status.description)"
                return Shown(
                    status: DesiredStatus(
                        context: entry.status.context, state: entry.status.state, description: description),
                    number: entry.number)
            }
        }
    }
}

extension Head.Claim {
    /// One that could not be decided names no gates: any of them might be red.
    fileprivate func holdWhatItDoesNotName(_ worst: inout [ExactText: Head.Shown]) {
        guard let blind = statuses.last(where: { $0.isSummary && $0.state == .error }) else { return }
        let named = Set(statuses.map { ExactText($0.context) })
        for (context, shown) in worst where !named.contains(context) && !shown.status.isSummary {
            let status = DesiredStatus(
                context: context.description, state: .error, description: blind.description)
            if status.isWorse(than: shown.status) { worst[context] = Head.Shown(status: status, number: number) }
        }
    }
}
