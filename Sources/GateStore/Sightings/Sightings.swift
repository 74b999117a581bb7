import GatePolicy

/// What was once seen of a pull request and may be gone from the forge by now.
public struct Sightings: Hashable, Sendable {
    /// Heads, in the order in which they were first seen.
    public var heads: [CommitID]
    /// Accounts that pushed, by the timeline of some moment.
    public var pushers: [Account]
    /// Every revoke that was ever seen.
    public var withdrawals: Set<Withdrawal>
    /// For a comment's id the commit that was the head before and after it appeared.
    public var comments: [Int64: CommitID]
    /// The highest comment id at the last look, and the head then; nil before the first.
    public var lastLook: Look?
    /// Digests of an answer at the first sight of an acknowledgement, by comment and item.
    public var answers: [String: String]

    /// A look at the comments.
    public struct Look: Hashable, Sendable, Codable {
        /// The head at that moment.
        public var head: CommitID
        /// The highest id among the comments.
        public var comment: Int64

        /// A look.
        public init(head: CommitID, comment: Int64) {
            self.head = head
            self.comment = comment
        }
    }

    /// Sightings.
    public init(
        heads: [CommitID] = [], pushers: [Account] = [], withdrawals: Set<Withdrawal> = [],
        comments: [Int64: CommitID] = [:], lastLook: Look? = nil, answers: [String: String] = [:]
    ) {
        self.heads = heads
        self.pushers = pushers
        self.withdrawals = withdrawals
        self.comments = comments
        self.lastLook = lastLook
        self.answers = answers
    }
}
