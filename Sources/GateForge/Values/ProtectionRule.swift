/// A rule of branch protection, as an administrator is shown it.
public struct ProtectionRule: Hashable, Sendable {
    /// The branch or glob it is for.
    public var name: String
    /// Whether it asks for statuses.
    public var isStatusCheckEnabled: Bool
    /// The contexts it asks for, as globs.
    public var contexts: [String]
    /// The approvals it asks for.
    public var requiredApprovals: Int
    /// Whether people may push past pull requests.
    public var allowsPush: Bool
    /// Whether administrators are held to it too; nil where the server does not have the switch.
    public var bindsAdministrators: Bool?

    /// A rule.
    public init(
        name: String, isStatusCheckEnabled: Bool, contexts: [String], requiredApprovals: Int = 0,
        allowsPush: Bool = false, bindsAdministrators: Bool? = nil
    ) {
        self.name = name
        self.isStatusCheckEnabled = isStatusCheckEnabled
        self.contexts = contexts
        self.requiredApprovals = requiredApprovals
        self.allowsPush = allowsPush
        self.bindsAdministrators = bindsAdministrators
    }
}
