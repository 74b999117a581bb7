import GatePolicy

/// One pull request as the service knows it, for the pages.
public struct PullView: Sendable {
    /// Whether it still wants to enter.
    public enum State: String, Sendable, Codable {
        case open, closed, merged
    }

    /// What the last look at it came to.
    public enum Finding: Sendable {
        /// The policy said this.
        case verdict(Verdict)
        /// The policy is not valid.
        case broken([Diagnostic])
        /// Something before the verdict could not be known.
        case undecided([Unknown])
        /// There is no policy.
        case unmanaged
        /// It has not been looked at yet.
        case unread
    }

    /// The summary's status, as the forge was made to show it.
    public struct Summary: Sendable {
        /// The state.
        public var state: StatusState
        /// The description.
        public var description: String
        /// Whether it stands there; else it could not be posted, or was held back.
        public var stands: Bool

        /// A status.
        public init(state: StatusState, description: String, stands: Bool) {
            self.state = state
            self.description = description
            self.stands = stands
        }
    }

    /// The repository's numeric id.
    public var repositoryID: Int64
    /// The repository.
    public var repository: RepositoryName
    /// The number.
    public var number: Int64
    /// The title.
    public var title: String
    /// Who opened it.
    public var author: Account?
    /// The head.
    public var head: CommitID
    /// The base branch.
    public var base: String
    /// Whether it still wants to enter.
    public var state: State
    /// Whether it is marked as work in progress.
    public var isDraft: Bool
    /// What the last look at it came to.
    public var finding: Finding
    /// What the forge shows; nil when nothing was posted.
    ///
    /// A verdict that passes opens nothing by itself.
    public var summary: Summary?
    /// How many reviews were begun and not submitted, by whomever.
    public var drafts: Int
    /// Where the policy was read.
    public var policy: PolicyOrigin?
    /// Another pull request of the same head that holds this one.
    public var holder: Int64?
    /// When the verdict was computed from facts of one instant.
    public var decidedAt: Timestamp?
    /// When it was last seen that nothing had changed since.
    public var checkedAt: Timestamp?
    /// Why the last look failed, where it did.
    public var problem: String?
    /// Whether nothing is looked at for now, so that nobody knows whether what passed still does.
    public var isStalled = false
    /// Whether it was merged though its gates did not allow that.
    public var wentAround = false
    /// Whether a newer head or another base was seen since, so that what was found is of an older one.
    public var isOutdated = false
    /// What else a reader should know: statuses that are not as they should be, a way around the gates.
    public var notes: [String]
    /// Earlier verdicts, the newest first.
    public var history: [PastVerdict]

    /// A pull request.
    public init(
        repositoryID: Int64, repository: RepositoryName, number: Int64, title: String, author: Account?, head: CommitID,
        base: String, state: State = .open, isDraft: Bool = false, finding: Finding, summary: Summary? = nil,
        drafts: Int = 0,
        policy: PolicyOrigin? = nil, holder: Int64? = nil, decidedAt: Timestamp? = nil, checkedAt: Timestamp? = nil,
        problem: String? = nil, notes: [String] = [], history: [PastVerdict] = []
    ) {
        self.repositoryID = repositoryID
        self.repository = repository
        self.number = number
        self.title = title
        self.author = author
        self.head = head
        self.base = base
        self.state = state
        self.isDraft = isDraft
        self.finding = finding
        self.summary = summary
        self.drafts = drafts
        self.policy = policy
        self.holder = holder
        self.decidedAt = decidedAt
        self.checkedAt = checkedAt
        self.problem = problem
        self.notes = notes
        self.history = history
    }
}
