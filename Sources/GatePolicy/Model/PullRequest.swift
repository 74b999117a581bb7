/// A pull request as one read showed it: every other fact must be of this head and this base.
public struct PullRequest: Hashable, Sendable, Codable {
    /// Its number in the repository.
    public var number: Int64
    /// The title.
    public var title: String
    /// The description.
    public var body: String
    /// The opener; nil when the account is gone.
    public var author: Account?
    /// The commit that wants to enter.
    public var head: CommitID
    /// The head's branch name.
    public var headBranch: String
    /// The owner of a fork that the head lives in; nil for the repository's own branches, `?` for a deleted fork.
    public var forkOwner: String?
    /// The branch it wants to enter.
    public var baseBranch: String
    /// The base branch's commit at the time of reading.
    public var base: CommitID?
    /// The forge's merge base of head and base.
    public var mergeBase: CommitID?
    /// The labels on it, by name.
    public var labels: [String]
    /// Whether it is open.
    public var isOpen: Bool
    /// Whether its title marks it as work in progress.
    public var isDraft: Bool
    /// When it was opened.
    public var createdAt: Timestamp

    /// A pull request.
    public init(
        number: Int64, title: String, body: String = "", author: Account?, head: CommitID, headBranch: String,
        forkOwner: String? = nil, baseBranch: String, base: CommitID? = nil, mergeBase: CommitID? = nil,
        labels: [String] = [], isOpen: Bool = true, isDraft: Bool = false,
        createdAt: Timestamp = Timestamp(seconds: 0)
    ) {
        self.number = number
        self.title = title
        self.body = body
        self.author = author
        self.head = head
        self.headBranch = headBranch
        self.forkOwner = forkOwner
        self.baseBranch = baseBranch
        self.base = base
        self.mergeBase = mergeBase
        self.labels = labels
        self.isOpen = isOpen
        self.isDraft = isDraft
        self.createdAt = createdAt
    }

    /// What the head is compared with: the base's commit, and where it is not open any more the commit they parted at.
    ///
    /// Once it went in the branch holds the head, and against that nothing would seem to change.
    public var comparedWith: CommitID? { isOpen ? base : mergeBase == head ? nil : mergeBase }

    /// Why something is not known for want of a commit to compare with.
    public func isNotCompared(_ subject: String) -> Unknown {
        Unknown(
            cause: .notTold, subject: subject,
            reason: isOpen
                ? "the forge does not tell the base's commit"
                : "the forge does not tell where the pull request left the branch before it went in",
            cure: isOpen ? "run the check again" : "look at what it changed yourself: the forge tells it no more")
    }
}
