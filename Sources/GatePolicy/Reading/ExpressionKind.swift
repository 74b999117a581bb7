/// What an expression must mean where it stands.
enum ExpressionKind: Hashable, Sendable {
    case people, condition, requirement

    /// What stands at a key of the language; nil where that is no expression, or the file chose the key itself.
    init?(key: String) {
        switch key {
        case "when", "advisory": self = .condition
        case "require", "by": self = .requirement
        case "block", "ignore_commits_by": self = .people
        default: return nil
        }
    }

    /// One to begin with.
    var example: String {
        switch self {
        case .people: "leads | security"
        case .condition: "changes(\"docs/**\") and not fork"
        case .requirement: "2 of qa and security"
        }
    }
}
