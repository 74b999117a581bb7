import GatePolicy

/// A status of ours as it stands on a commit, as far as we know.
public struct Publication: Hashable, Sendable {
    /// The commit.
    public var head: CommitID
    /// The context.
    public var context: String
    /// The pull request it was posted for.
    public var number: Int64
    /// The base branch it was posted for.
    public var base: String
    /// The state.
    public var state: StatusState
    /// The description.
    public var description: String
    /// The row's id on the forge, or that of an earlier one that let through as this one does; 0 when none is known.
    public var row: Int64

    /// A status that stands.
    public init(
        head: CommitID, context: String, number: Int64, base: String, state: StatusState, description: String,
        row: Int64
    ) {
        self.head = head
        self.context = context
        self.number = number
        self.base = base
        self.state = state
        self.description = description
        self.row = row
    }
}

/// A green of ours that opens nothing at present, and would open whatever brings its commit back.
public struct StaleGreen: Hashable, Sendable {
    /// The green.
    public var publication: Publication
    /// The pull request that its commit was merged as; nil when it was not.
    public var mergedAs: Int64?

    /// What takes its place.
    public var withdrawal: Publication {
        var pending = publication
        pending.state = .pending
        pending.description =
            mergedAs.map { "\(Publication.merged)\($0)" }
            ?? StatusDescription("not the head of an open pull request into \(pending.base)").description
        return pending
    }
}

/// A green of ours on the head of an open pull request.
public struct OpenGreen: Hashable, Sendable {
    /// Where it is.
    public var repository: RepositoryRecord
    /// The green.
    public var publication: Publication
}

extension Publication {
    fileprivate static let merged = "merged as #"

    /// Whether it took the place of a green whose commit went in.
    public var isOfMergedCommit: Bool { state == .pending && description.hasPrefix(Self.merged) }
}

/// A status in one of our contexts that somebody else posted.
public struct ForeignStatus: Hashable, Sendable {
    /// The row's id on the forge.
    public var row: Int64
    /// The pull request it was found on.
    public var number: Int64
    /// The commit.
    public var head: CommitID
    /// The context.
    public var context: String
    /// What it says; nil for a state nobody knows, which the forge takes for passing when it is empty.
    public var state: StatusState?
    /// Its description, from outside.
    public var description: String
    /// Who posted it; nil for the forge's Actions.
    public var creator: Account?
    /// Whether it is more favourable than what we say.
    public var isFavourable: Bool
    /// When it was found.
    public var at: Moment
    /// When an operator cleared it.
    public var clearedAt: Moment?

    /// A status of somebody else.
    public init(
        row: Int64, number: Int64, head: CommitID, context: String, state: StatusState?, description: String,
        creator: Account?, isFavourable: Bool, at: Moment, clearedAt: Moment? = nil
    ) {
        self.row = row
        self.number = number
        self.head = head
        self.context = context
        self.state = state
        self.description = description
        self.creator = creator
        self.isFavourable = isFavourable
        self.at = at
        self.clearedAt = clearedAt
    }
}
