/// The state of a commit status; Gitea lets `success` and `warning` pass.
public enum StatusState: String, Hashable, Sendable, Codable, CaseIterable {
    case success, pending, warning, failure, error

    /// Whether the forge treats it as passing.
    public var passes: Bool { self == .success || self == .warning }
}
