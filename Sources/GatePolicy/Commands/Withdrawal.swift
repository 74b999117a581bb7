/// A revoke that was seen: what it takes away stays away after its comment was edited or deleted.
public struct Withdrawal: Hashable, Comparable, Sendable, Codable {
    /// Who takes back; only what the same account gave.
    public var author: Account
    /// What is taken back.
    public var target: CommandTarget
    /// The comment it stands in.
    public var comment: Int64
    /// Its place among the commands of the comment.
    public var place: Int
    /// When the comment was edited: everything given until then is taken back; nil when it was not.
    public var editedAt: Timestamp?

    /// A withdrawal.
    public init(author: Account, target: CommandTarget, comment: Int64, place: Int, editedAt: Timestamp? = nil) {
        self.author = author
        self.target = target
        self.comment = comment
        self.place = place
        self.editedAt = editedAt
    }

    /// By comment and place; what one place says once more, by author, target and time.
    public static func < (left: Withdrawal, right: Withdrawal) -> Bool {
        let before = (left.comment, left.place, left.author.id, left.author.login, left.target)
        let after = (right.comment, right.place, right.author.id, right.author.login, right.target)
        return before == after
            ? (left.editedAt?.seconds ?? .min) < (right.editedAt?.seconds ?? .min) : before < after
    }

    /// Whether it takes away what stands at a place of a comment of the same account.
    func reaches(comment other: Int64, place otherPlace: Int, givenAt: Timestamp) -> Bool {
        if (other, otherPlace) < (comment, place) { return true }
        return editedAt.map { givenAt <= $0 } ?? false
    }
}

extension Set<Withdrawal> {
    /// Those that matter, at most two of each author and target: what they do not take away, none of the others does.
    public var furthest: Set<Withdrawal> { Reaches(self).withdrawals }
}
