/// Which reviews of one kind count: approvals, or requests for changes.
public enum ReviewRule: Hashable, Sendable {
    /// All.
    case all
    /// None.
    case none
    /// Those whose text matches.
    case matching(TextPatterns)
}
