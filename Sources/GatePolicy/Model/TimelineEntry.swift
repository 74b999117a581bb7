/// A row of the pull request's timeline that a policy can ask about; other rows are left out when it is read.
public struct TimelineEntry: Hashable, Sendable, Codable {
    /// What happened.
    public enum Event: Hashable, Sendable {
        /// Commits arrived, oldest first.
        case push(commits: [CommitID], forced: Bool)
        /// The base branch was changed.
        case retarget(from: String, to: String)
        /// A label was put on.
        case labelAdded(String)
        /// A label was taken off.
        case labelRemoved(String)
        /// The pull request was closed: what is pushed from now on leaves no row.
        case closed
        /// It was opened again: what was pushed in between has no row.
        case reopened
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

extension TimelineEntry.Event: Codable {
    private enum Kind: String, Codable {
        case push, retarget
        case labelAdded = "label-added"
        case labelRemoved = "label-removed"
        case closed, reopened
    }

    private enum CodingKeys: String, CodingKey {
        case kind, commits, forced, from, to, label
    }

    /// Reads an object whose `kind` says what happened.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .push:
            self = .push(
                commits: try container.decode([CommitID].self, forKey: .commits),
                forced: try container.decode(Bool.self, forKey: .forced))
        case .retarget:
            self = .retarget(
                from: try container.decode(String.self, forKey: .from),
                to: try container.decode(String.self, forKey: .to))
        case .labelAdded: self = .labelAdded(try container.decode(String.self, forKey: .label))
        case .labelRemoved: self = .labelRemoved(try container.decode(String.self, forKey: .label))
        case .closed: self = .closed
        case .reopened: self = .reopened
        }
    }

    /// Writes an object whose `kind` says what happened.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .push(let commits, let forced):
            try container.encode(Kind.push, forKey: .kind)
            try container.encode(commits, forKey: .commits)
            try container.encode(forced, forKey: .forced)
        case .retarget(let from, let to):
            try container.encode(Kind.retarget, forKey: .kind)
            try container.encode(from, forKey: .from)
            try container.encode(to, forKey: .to)
        case .labelAdded(let label):
            try container.encode(Kind.labelAdded, forKey: .kind)
            try container.encode(label, forKey: .label)
        case .labelRemoved(let label):
            try container.encode(Kind.labelRemoved, forKey: .kind)
            try container.encode(label, forKey: .label)
        case .closed: try container.encode(Kind.closed, forKey: .kind)
        case .reopened: try container.encode(Kind.reopened, forKey: .kind)
        }
    }
}
