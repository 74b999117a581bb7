/// A comment that asked for changes when it was seen: others may edit or delete it under its author's name, and it stands.
public struct Objection: Hashable, Comparable, Sendable, Codable {
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

    /// By comment; what one comment says once more, by time, author and patterns.
    public static func < (left: Objection, right: Objection) -> Bool {
        let before = (left.comment, left.givenAt, left.author.id, left.author.login)
        let after = (right.comment, right.givenAt, right.author.id, right.author.login)
        return before == after ? left.patterns.lexicographicallyPrecedes(right.patterns) : before < after
    }
}
