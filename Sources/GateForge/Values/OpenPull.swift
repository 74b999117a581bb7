import GatePolicy

/// An open pull request in a list of them.
public struct OpenPull: Hashable, Sendable {
    /// Its number.
    public var number: Int64
    /// Its title.
    public var title: String
    /// Its head.
    public var head: CommitID
    /// The branch it wants to enter.
    public var baseBranch: String
    /// Who opened it; nil when the account is gone.
    public var author: Account?
    /// Where the head lives; nil when that fork is gone.
    public var headRepository: RepositoryName?
    /// Whether it is work in progress.
    public var isDraft: Bool
    /// When it was opened.
    public var createdAt: Timestamp

    /// An open pull request.
    public init(
        number: Int64, title: String, head: CommitID, baseBranch: String, author: Account?,
        headRepository: RepositoryName?, isDraft: Bool, createdAt: Timestamp
    ) {
        self.number = number
        self.title = title
        self.head = head
        self.baseBranch = baseBranch
        self.author = author
        self.headRepository = headRepository
        self.isDraft = isDraft
        self.createdAt = createdAt
    }
}
