import GateForge
import GatePolicy

/// Greens in contexts that are for one branch, on a head that no open pull request brings to that branch any more.
enum LeftBehind {
    /// What they are turned into, before anything else is posted.
    /// - Parameters:
    ///   - shown: what the head shows.
    ///   - bases: the bases of all open pull requests of this head.
    static func statuses(
        _ shown: [CommitStatus], of account: Account, allowed: [DecidingSettings.AllowedContext], bases: [String]
    ) -> [DesiredStatus] {
        shown.compactMap { row in
            guard row.creator == account, row.state?.passes == true,
                let rule = allowed.first(where: { $0.branch != nil && $0.covers(row.context, $0.branch ?? "") }),
                let branch = rule.branch, !bases.contains(where: { $0.isExactly(branch) })
            else { return nil }
            return DesiredStatus(
                context: row.context, state: .pending, description: "no open pull request brings this to \(branch)")
        }
    }
}
