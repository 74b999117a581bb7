import GatePolicy

/// A branch as any reader is shown it.
public struct BranchAnswer: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its last commit.
    public var commit: CommitID
    /// Whether a protection rule covers it.
    public var isProtected: Bool
    /// Whether the rule asks for statuses.
    public var isStatusCheckEnabled: Bool
    /// The contexts it asks for, as globs.
    public var requiredContexts: [String]
    /// The approvals it asks for.
    public var requiredApprovals: Int

    /// A branch.
    public init(
        name: String, commit: CommitID, isProtected: Bool, isStatusCheckEnabled: Bool, requiredContexts: [String],
        requiredApprovals: Int
    ) {
        self.name = name
        self.commit = commit
        self.isProtected = isProtected
        self.isStatusCheckEnabled = isStatusCheckEnabled
        self.requiredContexts = requiredContexts
        self.requiredApprovals = requiredApprovals
    }
}
