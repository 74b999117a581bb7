/// A waiver and what became of it, for one gate.
public struct WaiverFate: Hashable, Sendable, Codable {
    /// The waiver.
    public var waiver: Waiver
    /// What became of it.
    public var fate: Fate

    /// What can become of a waiver.
    public enum Fate: Hashable, Sendable, Codable {
        /// It counts.
        case counts
        /// It gives no reason, and the policy wants one.
        case noReason
        /// It names no commit, or one that cannot be told.
        case noCommit
        /// It is older than the repository: a migration brought it.
        case migrated
        /// Its author opened the pull request.
        case author
        /// Its author pushed or wrote a commit.
        case committer
        /// Its author is deactivated or posts the statuses.
        case mayNotSign
        /// It was given for an older commit or another base, and what is changed differs or cannot be compared.
        case stale(since: CommitID)
        /// Its author is not among those who may waive.
        case notAskedFor
        /// Whether it counts could not be known.
        case unknowable([Unknown])
    }
}

extension WaiverFate.Fate {
    /// What became of the waiver, in words that follow its author's name.
    public var wording: String {
        switch self {
        case .counts: "waives it"
        case .noReason: "asks to waive it without a reason: write `/waive GATE reason`"
        case .noCommit: "asks to waive it, for a commit that cannot be told: write it again"
        case .migrated: "asked to waive it before the repository was moved here"
        case .author: "asks to waive it, but opened the pull request"
        case .committer: "asks to waive it, but pushed or wrote a commit of the pull request"
        case .mayNotSign: "asks to waive it, but may not sign at all"
        case .stale(let commit):
            "waived it for `\(commit.short)`, and what is changed has differed since: waive it again"
        case .notAskedFor: "asks to waive it, but is not among those who may"
        case .unknowable(let unknowns):
            "asks to waive it; whether that counts is not known: \(unknowns.reasons)"
        }
    }
}
