import GateStore

/// How the service works, as an administrator chose it.
public struct GateSettings: Sendable {
    /// What policies may do, and where they are.
    public var deciding: DecidingSettings
    /// Which repositories are gated.
    public var repositories: RepositorySelection
    /// Evaluations side by side.
    public var concurrency: Int
    /// Seconds that people and rights are believed without asking again.
    public var peopleSeconds: Int64
    /// Calls a second for everything that no person waits for.
    public var backgroundCalls: Double
    /// The schedule of looking again.
    public var periods: ReconcilePeriods
    /// How long things are kept.
    public var retention: Retention
    /// How long a pull request may be pending before the doctor is told.
    public var longPending: Duration
    /// Whether a bypass is told in a comment on the pull request.
    public var commentsOnBypass: Bool
    /// Tells another service of a bypass; nobody waits for that.
    public var tellOfBypass: @Sendable (Bypass) -> Void
    /// The address of a pull request's page, for its statuses; nil for none.
    public var targetURL: @Sendable (_ repository: Int64, _ subject: Subject) -> String?

    /// Settings.
    public init(
        deciding: DecidingSettings = DecidingSettings(), repositories: RepositorySelection = .all,
        concurrency: Int = 8,
        peopleSeconds: Int64 = 60, backgroundCalls: Double = 5, periods: ReconcilePeriods = ReconcilePeriods(),
        retention: Retention = Retention(), longPending: Duration = .seconds(7 * 86_400),
        commentsOnBypass: Bool = false,
        tellOfBypass: @escaping @Sendable (Bypass) -> Void = { _ in },
        targetURL: @escaping @Sendable (Int64, Subject) -> String? = { _, _ in nil }
    ) {
        self.deciding = deciding
        self.repositories = repositories
        self.concurrency = concurrency
        self.peopleSeconds = peopleSeconds
        self.backgroundCalls = backgroundCalls
        self.periods = periods
        self.retention = retention
        self.longPending = longPending
        self.commentsOnBypass = commentsOnBypass
        self.tellOfBypass = tellOfBypass
        self.targetURL = targetURL
    }
}

/// How often open pull requests are looked at again when nothing was heard of them.
public struct ReconcilePeriods: Hashable, Sendable {
    /// Those that are green, and could be merged at any moment.
    public var green: Duration
    /// Those where something happened in the last day.
    public var active: Duration
    /// All of them.
    public var all: Duration
    /// The list of a repository's open pull requests, which finds new and changed ones.
    public var list: Duration
    /// The list of repositories.
    public var discovery: Duration

    /// Periods; the defaults are what is promised.
    public init(
        green: Duration = .seconds(60), active: Duration = .seconds(300), all: Duration = .seconds(900),
        list: Duration = .seconds(60), discovery: Duration = .seconds(300)
    ) {
        self.green = green
        self.active = active
        self.all = all
        self.list = list
        self.discovery = discovery
    }
}
