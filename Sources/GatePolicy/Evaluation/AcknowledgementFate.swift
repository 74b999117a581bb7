/// An acknowledgement and what became of it, for one item.
public struct AcknowledgementFate: Hashable, Sendable, Codable {
    /// The acknowledgement.
    public var acknowledgement: Acknowledgement
    /// What became of it.
    public var fate: Fate

    /// What can become of an acknowledgement.
    public enum Fate: Hashable, Sendable, Codable {
        /// It counts.
        case counts
        /// Which head it was given for cannot be told.
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
        /// It was given for another text of the answer.
        case answerChanged
        /// Its author is not among those who may acknowledge the item.
        case notAskedFor
        /// It would count, but its author fills this place: another item, a count of approvals, or an earlier gate's.
        case keptFor(String)
        /// Whether it counts could not be known.
        case unknowable([Unknown])
    }
}

extension AcknowledgementFate.Fate {
    /// What became of the acknowledgement, in words that follow its author's name.
    public var wording: String {
        switch self {
        case .counts: "acknowledged it"
        case .noCommit: "acknowledged it, for a commit that cannot be told: write it again"
        case .migrated: "acknowledged it before the repository was moved here"
        case .author: "acknowledged it, but opened the pull request"
        case .committer: "acknowledged it, but pushed or wrote a commit of the pull request"
        case .mayNotSign: "acknowledged it, but may not sign at all"
        case .stale(let commit):
            "acknowledged it for `\(commit.short)`, and what is changed has differed since: acknowledge it again"
        case .answerChanged: "acknowledged it, and the answer changed since: read it and acknowledge it again"
        case .notAskedFor: "acknowledged it, but is not among those who may"
        case .keptFor(let place): "acknowledged it, but counts for `\(place)`: nobody fills two places"
        case .unknowable(let unknowns):
            "acknowledged it; whether that counts is not known: \(unknowns.reasons)"
        }
    }
}
