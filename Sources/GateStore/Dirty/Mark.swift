import GatePolicy

/// A hint that something may have changed; nothing in it is believed, it only says where to look again.
public struct Mark: Hashable, Sendable {
    /// What to look at.
    public enum Target: Hashable, Sendable {
        /// A pull request, by its number.
        case pull(Int64)
        /// All open pull requests into a branch: it was pushed to.
        case branch(String)
        /// All open pull requests of the repository.
        case repository
    }

    /// Whether somebody waits for it.
    public enum Urgency: Int, Hashable, Sendable, Comparable {
        /// An event: a person may be waiting.
        case event = 0
        /// The schedule: nobody waits.
        case background = 1

        /// The more urgent comes first.
        public static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
    }

    /// The repository as the forge names it.
    public var repository: RepositoryName
    /// What to look at.
    public var target: Target
    /// Whether somebody waits.
    public var urgency: Urgency
    /// Why, in a word or two for logs and pages: `pull_request_review_approved`, `reconcile`, `operator`.
    public var cause: String
    /// Ties log lines together, from the delivery to the status; the forge's delivery id where there is one.
    public var correlation: String

    /// A mark.
    public init(
        _ repository: RepositoryName, _ target: Target, urgency: Urgency = .event, cause: String,
        correlation: String = ""
    ) {
        self.repository = repository
        self.target = target
        self.urgency = urgency
        self.cause = cause
        self.correlation = correlation
    }
}

extension Mark.Target {
    /// How it stands in the store.
    var stored: (kind: String, target: String) {
        switch self {
        case .pull(let number): ("pull", "\(number)")
        case .branch(let name): ("branch", name)
        case .repository: ("repository", "")
        }
    }

    init?(kind: String, target: String) {
        switch kind {
        case "pull":
            guard let number = Int64(target) else { return nil }
            self = .pull(number)
        case "branch": self = .branch(target)
        case "repository": self = .repository
        default: return nil
        }
    }
}
