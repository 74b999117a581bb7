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
    /// The timeline as the forge showed it when the facts were read; nil where it is not known.
    var timeline: [TimelineEntry]?
    /// Whether facts were kept from an earlier evaluation: then nothing goes green before the timeline was read again.
    var isResumed = false
    /// Doubts about the policy.
    public var warnings: [Diagnostic] = []
    /// How many reviews were begun and not submitted, by whomever.
    public var drafts = 0
    /// Whether it looked at the head's statuses: then a status can change it.
    public var readsStatuses: Bool { basis?.facts.statuses != nil }
    /// Tells policies apart: the digest of the one that was read, or that there was none; nil when it is not known.
    public var policyMark: String?
    /// The branch whose present policy applies: the base, or the default branch; nil when it is not known, or an older
    /// policy applies.
    var policyBranch: String?
    /// Whether something that makes a policy is there, though it may not be shown, or not all of it.
    var isPolicyThere = false
    /// Whether that branch's policy was read where the pull request, which changes it, left the branch.
    var isByOlderPolicy = false
    /// Whether there is no policy to decide by.
    var isUnmanaged: Bool { if case .unmanaged = result { true } else { false } }
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
