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
    /// Its place among rules, the least first; nil where the server does not order them (before 1.23, and Forgejo).
    public var priority: Int64?
    /// Everything that it says, under the forge's names, except for its own name, its place and its times.
    public var settings: [String: RuleSetting]

    /// A rule.
    public init(
        name: String, isStatusCheckEnabled: Bool, contexts: [String], requiredApprovals: Int = 0,
        allowsPush: Bool = false, bindsAdministrators: Bool? = nil, priority: Int64? = nil,
        settings: [String: RuleSetting] = [:]
    ) {
        self.name = name
        self.isStatusCheckEnabled = isStatusCheckEnabled
        self.contexts = contexts
        self.requiredApprovals = requiredApprovals
        self.allowsPush = allowsPush
        self.bindsAdministrators = bindsAdministrators
        self.priority = priority
        self.settings = settings
    }
}

/// One setting of a rule of branch protection.
public enum RuleSetting: Hashable, Sendable, Encodable {
    case flag(Bool)
    case number(Int64)
    case text(String)
    case list([String])

    /// Writes it as the forge does.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        }
    }
}
