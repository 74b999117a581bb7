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
        /// Its author opened the pull request, pushed to it, is deactivated or posts the statuses.
        case notEligible
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
        case .notEligible: "asks to waive it, but opened the pull request, pushed to it, or may not sign at all"
        case .stale(let commit):
            "waived it for `\(commit.short)`, and what is changed has differed since: waive it again"
        case .notAskedFor: "asks to waive it, but is not among those who may"
        case .unknowable(let unknowns):
            "asks to waive it; whether that counts is not known: \(unknowns.reasons)"
        }
    }
}
