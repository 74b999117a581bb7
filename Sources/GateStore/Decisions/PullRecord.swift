import GatePolicy

/// A pull request as the store knows it: what pages show.
public struct PullRecord: Hashable, Sendable {
    /// Whether it can still change.
    public enum State: String, Hashable, Sendable {
        case open, closed, merged
    }

    /// The repository's id.
    public var repository: Int64
    /// The number.
    public var number: Int64
    /// The head at the last look.
    public var head: CommitID
    /// The base branch at the last look.
    public var base: String
    /// Who opened it; nil when the account is gone.
    public var author: Account?
    /// Whether it is open.
    public var state: State
    /// The last decision; nil when none was made yet.
    public var decision: DecisionRecord?
    /// When the decision became what it is.
    public var decidedAt: Moment?
    /// When it was last confirmed: a page says "as of 4 s ago".
    public var checkedAt: Moment?
}

/// One line of a pull request's history: written whenever the decision changed.
public struct HistoryEntry: Hashable, Sendable, Codable {
    /// One gate at that time.
    public struct GateEntry: Hashable, Sendable, Codable {
        /// The gate's name.
        public var name: String
        /// What it came to.
        public var outcome: Outcome
        /// Whether it held the summary back.
        public var isEnforced: Bool
    }

    /// When.
    public var at: Moment
    /// The head.
    public var head: CommitID
    /// The base branch.
    public var base: String
    /// In one word; nil without a policy.
    public var outcome: Outcome?
    /// In one line.
    public var summary: String
    /// The policy's digest, when there was a policy.
    public var policyDigest: String?
    /// The gates.
    public var gates: [GateEntry]
    /// Why it was looked at.
    public var cause: String
}

/// A repository as an overview shows it.
public struct RepositoryRecord: Hashable, Sendable {
    /// What is known of its policy.
    public enum State: String, Hashable, Sendable, Codable {
        /// Nothing was decided there yet.
        case unknown
        /// It has a policy.
        case managed
        /// It has none.
        case unmanaged
        /// Its policy is not valid.
        case broken
        /// It had a policy and has none now: `error` until somebody says `countersign forget`.
        case lost
    }

    /// Why it is left alone.
    public enum LeftAlone: String, Hashable, Sendable, CaseIterable {
        /// Nothing is merged in an archive.
        case archived
        /// What a mirror shows is merged elsewhere.
        case mirror
        /// The settings do not have it, or not any more.
        case deselected
        /// The forge has it no more, does not show it, or has given its name to another one.
        case gone
    }

    /// The id, which survives renames.
    public var id: Int64
    /// The present name.
    public var name: RepositoryName
    /// Whether only members see it.
    public var isPrivate: Bool
    /// The default branch.
    public var defaultBranch: String
    /// Whether it is left alone.
    public var isSkipped: Bool
    /// Why; nil for one that is not, and where that was not written down.
    public var leftAlone: LeftAlone?
    /// What is known of its policy.
    public var state: State
    /// Whether it has gates, or had them when it was last seen.
    public var isGated: Bool { !isSkipped && [.managed, .broken, .lost].contains(state) }
    /// Why nothing can be posted there, or why it could not be read; nil when all is well.
    public var problem: String?
    /// When its open pull requests were last listed.
    public var listedAt: Moment?
    /// How many there were.
    public var openPulls: Int
}
