import GateForge
import GatePolicy

/// What deciding on a pull request came to; there is always one.
public struct Decision: Sendable {
    /// The four ways it can end.
    public enum Result: Sendable {
        /// The policy was read, the facts were of one instant, and it said this.
        case verdict(Verdict)
        /// There is no policy, and that was proven.
        case unmanaged
        /// The policy is not valid.
        case broken([Diagnostic])
        /// Something before the verdict could not be known.
        case undecided([Unknown])
    }

    /// The pull request.
    public var subject: Subject
    /// What it looked like; nil when it could not be read.
    public var snapshot: PullRequestSnapshot?
    /// How it ended.
    public var result: Result
    /// What a verdict was computed from; nil without one.
    public var basis: Basis?
    /// Doubts about the policy.
    public var warnings: [Diagnostic] = []
    /// How many reviews were begun and not submitted, by whomever.
    public var drafts = 0
    /// When time alone can change it.
    public var validUntil: Timestamp? {
        if case .verdict(let verdict) = result { verdict.validUntil } else { nil }
    }

    /// What it came to in one word; nil for a repository without a policy.
    public var outcome: Outcome? {
        switch result {
        case .verdict(let verdict): verdict.summary.outcome
        case .unmanaged: nil
        case .broken, .undecided: .undecided
        }
    }
}
