/// A comment that asked for changes when it was seen: others may edit or delete it under its author's name, and it stands.
public struct Objection: Hashable, Sendable, Codable {
    /// The comment.
    public var comment: Int64
    /// Who asked.
    public var author: Account
    /// When it was written, or edited to say so.
    public var givenAt: Timestamp
    /// The patterns of the policy that it answered to.
    public var patterns: [String]

    /// An objection.
    public init(comment: Int64, author: Account, givenAt: Timestamp, patterns: [String]) {
        self.comment = comment
        self.author = author
        self.givenAt = givenAt
        self.patterns = patterns
    }
}
