import GatePolicy

/// Commits reachable from one, newest first.
public struct History: Hashable, Sendable {
    /// The commits.
    public var commits: [Commit]
    /// Whether these are all; false when the asked number was reached first.
    public var isWhole: Bool

    /// A history.
    public init(commits: [Commit], isWhole: Bool) {
        self.commits = commits
        self.isWhole = isWhole
    }
}
