import GatePolicy

/// A status that should stand on a head.
public struct DesiredStatus: Hashable, Sendable, Codable {
    /// The context.
    public var context: String
    /// The state.
    public var state: StatusState
    /// The description.
    public var description: String

    /// A status.
    public init(context: String, state: StatusState, description: String) {
        self.context = context
        self.state = state
        self.description = StatusDescription(description).description
    }

    /// Whether it is the one that branch protection requires.
    var isSummary: Bool { Policy.isSummary(context) }

    /// Less favourable first; `failure` before `error`, for nothing that is still unknown can lift it.
    func isWorse(than other: DesiredStatus) -> Bool { Self.rank(state) < Self.rank(other.state) }

    private static func rank(_ state: StatusState) -> Int {
        switch state {
        case .failure: 0
        case .error: 1
        case .pending: 2
        case .warning: 3
        case .success: 4
        }
    }
}
