import GatePolicy

/// A comment on a pull request; others may have edited it, and it stands under its author's name all the same.
public struct IssueComment: Hashable, Sendable {
    /// The id; ids grow with time.
    public var id: Int64
    /// Under whose name it stands; nil when the account is gone.
    public var author: Account?
    /// Its text.
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
