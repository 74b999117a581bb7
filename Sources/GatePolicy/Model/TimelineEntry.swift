/// A row of the pull request's timeline that a policy can ask about; other rows are left out when it is read.
public struct TimelineEntry: Hashable, Sendable, Codable {
    /// What happened.
    public enum Event: Hashable, Sendable, Codable {
        /// Commits arrived, oldest first.
        case push(commits: [CommitID], forced: Bool)
        /// The base branch was changed.
        case retarget(from: String, to: String)
        /// A label was put on.
        case labelAdded(String)
        /// A label was taken off.
        case labelRemoved(String)
    }

    /// The row's id; ids grow with time, comments included.
    public var id: Int64
    /// Who did it; nil when the account is gone.
    public var actor: Account?
    /// When.
    public var at: Timestamp
    /// What.
    public var event: Event

    /// A row.
    public init(id: Int64, actor: Account?, at: Timestamp, event: Event) {
        self.id = id
        self.actor = actor
        self.at = at
        self.event = event
    }
}
