/// A comment of the pull request's conversation; others may have edited it under its author's name.
public struct Comment: Hashable, Sendable, Codable {
    /// The id: comments and timeline rows are numbered in one sequence.
    public var id: Int64
    /// Under whose name it stands; nil when the account is gone.
    public var author: Account?
    /// Its present text.
    public var body: String
    /// When it was written.
    public var createdAt: Timestamp
    /// When it was last edited, or written.
    public var updatedAt: Timestamp

    /// A comment.
    public init(id: Int64, author: Account?, body: String, createdAt: Timestamp, updatedAt: Timestamp) {
        self.id = id
        self.author = author
        self.body = body
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether somebody edited it, as far as whole seconds tell.
    public var isEdited: Bool { createdAt != updatedAt }
}
