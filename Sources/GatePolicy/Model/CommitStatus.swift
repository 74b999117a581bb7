/// A status row on a commit.
public struct CommitStatus: Hashable, Sendable, Codable {
    /// The row's id: of one context, the largest id is the newest row.
    public var id: Int64
    /// The context.
    public var context: String
    /// The state; nil when the forge stored an empty or unknown one.
    public var state: StatusState?
    /// The description.
    public var description: String
    /// The link.
    public var targetURL: String
    /// Who posted it; nil for the forge's Actions.
    public var creator: Account?

    /// A status row.
    public init(
        id: Int64, context: String, state: StatusState?, description: String = "", targetURL: String = "",
        creator: Account? = nil
    ) {
        self.id = id
        self.context = context
        self.state = state
        self.description = description
        self.targetURL = targetURL
        self.creator = creator
    }
}
