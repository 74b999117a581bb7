/// Whose request for changes blocks.
public struct Block: Hashable, Sendable {
    /// How people take requests for changes back, besides their own approval.
    public struct Revoke: Hashable, Sendable {
        /// Which approving reviews of one of them take everybody's requests back.
        public var reviews = ReviewRule.all
        /// The comments that do.
        public var comments: TextPatterns?
    }

    /// Whose; nil for nobody's (`none`).
    public var by: People?
    /// Whether a request for changes ends when the head moves (`stale: exact-head`).
    public var endsWithHead: Bool
    /// Which requests for changes count.
    public var reviews = ReviewRule.all
    /// The comments that ask for changes as a review does.
    public var comments: TextPatterns?
    /// How each of them takes the requests of all back; nil where only their own authors can.
    public var revoke: Revoke?

    /// The default of the language: everybody who may write the code.
    public static let standard = Block(by: .writers, endsWithHead: false)

    /// A blocker rule.
    public init(by people: People?, endsWithHead: Bool = false) {
        self.by = people
        self.endsWithHead = endsWithHead
    }
}
