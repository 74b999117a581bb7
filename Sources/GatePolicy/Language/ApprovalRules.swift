/// Which signatures count for a gate.
public struct ApprovalRules: Hashable, Sendable {
    /// How long an approval lives when the head moves.
    public enum Staleness: String, Hashable, Sendable, CaseIterable {
        /// Only for the very commit it was given for.
        case exactHead = "exact-head"
        /// As long as the effective change is the same.
        case sameDiff = "same-diff"
        /// As long as the effective change of the gate's own paths is the same.
        case sameFiles = "same-files"
        /// For ever.
        case keep
    }

    /// How long an approval lives.
    public var stale: Staleness
    /// Whether the opener's own signature may count.
    public var author: Bool
    /// Whether the signature of somebody who pushed or wrote a commit may count.
    public var committers: Bool

    /// How commits make committers, where their signatures do not count; and which commits age nothing.
    public var committerRule = CommitterRule.plain
    /// The paths that `same-files` compares.
    public var scope: PathScope?
    /// Which approving reviews count.
    public var reviews = ReviewRule.all
    /// The comments that approve; nil for none.
    public var comments: TextPatterns?
    /// The gates whose `/revoke` takes a comment's approval back.
    var revocableBy: Set<String> = []

    /// The defaults of the language.
    public static let standard = ApprovalRules(stale: .sameDiff, author: false, committers: false)

    /// Rules.
    public init(stale: Staleness, author: Bool, committers: Bool) {
        self.stale = stale
        self.author = author
        self.committers = committers
    }
}
