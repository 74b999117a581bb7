import GatePolicy

/// Something dirty that one worker has taken, and nobody else until it is settled.
public struct Claim: Hashable, Sendable {
    /// The repository, as it was marked.
    public var repository: RepositoryName
    /// What to look at.
    public var target: Mark.Target
    /// Whether somebody waits.
    public var urgency: Mark.Urgency
    /// Why it was marked since it was last taken, each cause once, with spaces between.
    public var cause: String
    /// Ties log lines together.
    public var correlation: String
    /// When it was marked first since it was last settled.
    public var markedAt: Moment
    /// How often in a row it has failed.
    public var attempts: Int
    /// What was marked when it was taken: a later mark makes one more turn due.
    let generation: Int64
}

/// How a claim ends.
public enum Settlement: Hashable, Sendable {
    /// It was looked at; it is clean unless it was marked meanwhile, or until that moment: an event then.
    case done(again: Moment?)
    /// It failed and is due again then; the problem is shown.
    case failed(retryAt: Moment, problem: String)
}

/// Something dirty that keeps failing, as a page shows it.
public struct FailingSubject: Hashable, Sendable {
    /// The repository.
    public var repository: RepositoryName
    /// What is looked at.
    public var target: Mark.Target
    /// How often in a row it has failed.
    public var attempts: Int
    /// What went wrong last.
    public var problem: String
    /// When it is tried again.
    public var retryAt: Moment
}

/// How much there is to do.
public struct Backlog: Hashable, Sendable {
    /// What people wait for.
    public var events = 0
    /// What only the schedule asks for.
    public var background = 0
    /// When the oldest of what people wait for was marked; nil when nothing waits.
    public var oldestEvent: Moment?
    /// What failed the last time, and is tried again.
    public var failing = 0
    /// What has failed too often to be tried again soon.
    public var poisoned = 0
}
