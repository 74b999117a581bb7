/// A comment that asked for changes when it was seen: others may edit or delete it under its author's name, and it stands.
public struct Objection: Hashable, Comparable, Sendable, Codable {
    /// The comment.
    public var comment: Int64
    /// Who asked.
    public var author: Account
    /// When it was written, or edited to say so.
    public var givenAt: Timestamp
    /// Whether an edit made it say so, from when on no id tells the head; nil where it was written so.
    public var isEdited: Bool?
    /// The patterns of the policy that it answered to.
    public var patterns: [String]

    /// An objection.
    public init(comment: Int64, author: Account, givenAt: Timestamp, isEdited: Bool? = nil, patterns: [String]) {
        self.comment = comment
        self.author = author
        self.givenAt = givenAt
        self.isEdited = isEdited
        self.patterns = patterns
    }

    /// Whether it says no less than another one in the same comment: the later one, and an edit of the same second.
    func reaches(_ other: Objection) -> Bool {
        other.givenAt == givenAt ? isEdited == true || other.isEdited != true : other.givenAt < givenAt
    }

    /// By comment; what one comment says once more, by time, author and patterns.
    public static func < (left: Objection, right: Objection) -> Bool {
        let before = (left.comment, left.givenAt, left.author.id, left.author.login)
        let after = (right.comment, right.givenAt, right.author.id, right.author.login)
        return before == after ? left.patterns.lexicographicallyPrecedes(right.patterns) : before < after
    }
}

extension Set<Objection> {
    /// Those that matter: of each comment, under the same patterns, what was said last.
    public var latest: Set<Objection> {
        let last = Dictionary(sorted().map { ($0.words, $0) }) { $1.reaches($0) ? $1 : $0 }
        return Set(last.values)
    }
}

extension Objection {
    fileprivate struct Words: Hashable {
        var comment: Int64
        var patterns: [String]
    }

    fileprivate var words: Words { Words(comment: comment, patterns: patterns) }
}
