import GatePolicy

/// A merged pull request, and what the policy said of it when it went in.
public struct MergeRecord: Hashable, Sendable, Codable {
    /// The repository.
    public var repository: RepositoryName
    /// The number.
    public var number: Int64
    /// The title.
    public var title: String
    /// The merged head.
    public var head: CommitID
    /// The base branch.
    public var base: String
    /// The commit it became; nil when the forge does not say.
    public var commit: CommitID?
    /// Who merged it; nil when the forge does not say.
    public var by: Account?
    /// When.
    public var at: Moment
    /// What was decided.
    public var decision: DecisionRecord

    /// A merge.
    public init(
        repository: RepositoryName, number: Int64, title: String, head: CommitID, base: String, commit: CommitID?,
        by: Account?, at: Moment, decision: DecisionRecord
    ) {
        self.repository = repository
        self.number = number
        self.title = title
        self.head = head
        self.base = base
        self.commit = commit
        self.by = by
        self.at = at
        self.decision = decision
    }
}

/// Something that went into a branch around its gates.
public struct Bypass: Hashable, Sendable, Codable {
    /// How.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Merged although the summary was not green: by force, or marked as merged by hand.
        case merge
        /// Pushed to a protected branch, past pull requests.
        case push
    }

    /// How.
    public var kind: Kind
    /// The repository.
    public var repository: RepositoryName
    /// The pull request; nil for a push.
    public var number: Int64?
    /// The branch it went into.
    public var branch: String
    /// The commit the branch had afterwards, or the merged head.
    public var commit: CommitID
    /// Who; nil when nobody can tell.
    public var by: Account?
    /// When it was found.
    public var at: Moment
    /// The gates that did not pass.
    public var gates: [String]
    /// In one line.
    public var summary: String

    /// A bypass.
    public init(
        kind: Kind, repository: RepositoryName, number: Int64?, branch: String, commit: CommitID, by: Account?,
        at: Moment, gates: [String], summary: String
    ) {
        self.kind = kind
        self.repository = repository
        self.number = number
        self.branch = branch
        self.commit = commit
        self.by = by
        self.at = at
        self.gates = gates
        self.summary = summary
    }
}
