import GatePolicy

/// A webhook as its administrator is shown it; the forge never shows the secret.
public struct Webhook: Hashable, Sendable {
    /// Where it hangs.
    public enum Place: Hashable, Codable, Sendable, CustomStringConvertible {
        case organization(String)
        case repository(String)
        /// Every repository of the forge, whoever owns it; only site administrators are shown these.
        case site

        /// Its name.
        public var description: String {
            switch self {
            case .organization(let name), .repository(let name): name
            case .site: "the whole site"
            }
        }

        /// The path of its webhooks below the API.
        public var path: String { "\(root)/hooks" }
        /// The path of its Actions secrets below the API.
        public var secretsPath: String { "\(root)/actions/secrets" }

        private var root: String {
            switch self {
            case .organization(let name): "/orgs/\(name)"
            case .repository(let name): "/repos/\(name)"
            case .site: "/admin"
            }
        }
    }

    /// The id.
    public var id: Int64
    /// Where it hangs.
    public var place: Place
    /// Where it calls.
    public var url: String
    /// The events it tells.
    public var events: [String]
    /// Whether it tells anything.
    public var isActive: Bool
    /// The branches it is for, as a glob; empty for all.
    public var branchFilter: String
    /// Whether it calls with JSON; else with a form, which nobody here reads.
    public var isJSON: Bool
    /// What the forge sends as `Authorization` with each delivery, for something in front of the service; nil for nothing.
    public var authorization: Token?
    /// What it speaks: `gitea`, `forgejo`, `gogs`, and many chats.
    public var kind: String
    /// When it was last changed; nil when the forge does not say.
    public var updatedAt: Timestamp?

    /// A webhook.
    public init(
        id: Int64, place: Place, url: String, events: [String], isActive: Bool, branchFilter: String = "",
        isJSON: Bool = true, authorization: Token? = nil, kind: String = "gitea",
        updatedAt: Timestamp? = nil
    ) {
        self.id = id
        self.place = place
        self.url = url
        self.events = events
        self.isActive = isActive
        self.branchFilter = branchFilter
        self.isJSON = isJSON
        self.authorization = authorization
        self.kind = kind
        self.updatedAt = updatedAt
    }

    /// The events that tell of everything a verdict depends on, as far as the forge tells it.
    public static let neededEvents = [
        "pull_request", "pull_request_comment", "pull_request_label", "pull_request_review_approved",
        "pull_request_review_comment", "pull_request_review_rejected", "pull_request_review_request",
        "pull_request_sync", "push",
    ]

    /// The event that tells of statuses, those that somebody else posts in our contexts among them; servers before Gitea
    /// 1.23 have no such event.
    public static let statusEvent = "status"
}
