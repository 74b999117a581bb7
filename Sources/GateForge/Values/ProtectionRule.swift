import GatePolicy

/// A rule of branch protection, as an administrator is shown it.
public struct ProtectionRule: Hashable, Codable, Sendable {
    /// The branch or glob it is for.
    public var name: String
    /// Whether it asks for statuses.
    public var isStatusCheckEnabled: Bool
    /// The contexts it asks for, as globs.
    public var contexts: [String]
    /// The approvals it asks for.
    public var requiredApprovals: Int
    /// Whether administrators are held to it too; nil where the server does not have the switch.
    public var bindsAdministrators: Bool?
    /// Its place among rules, the least first; nil where the server does not order them (before 1.23, and Forgejo).
    public var priority: Int64?
    /// Everything that it says, under the forge's names and whether this program knows it or not, except for its own name,
    /// its place and its times.
    public var settings: [String: JSONValue]

    /// A rule.
    public init(
        name: String, isStatusCheckEnabled: Bool, contexts: [String], requiredApprovals: Int = 0,
        bindsAdministrators: Bool? = nil, priority: Int64? = nil, settings: [String: JSONValue] = [:]
    ) {
        self.name = name
        self.isStatusCheckEnabled = isStatusCheckEnabled
        self.contexts = contexts
        self.requiredApprovals = requiredApprovals
        self.bindsAdministrators = bindsAdministrators
        self.priority = priority
        self.settings = settings
    }
}

extension ProtectionRule {
    private static let ofStatuses: Set<String> = ["enable_status_check", "status_check_contexts"]

    private var demands: [String: JSONValue] {
        settings.filter { !Self.ofStatuses.contains($0.key) && !$0.value.isNothing }
    }

    /// Whether it asks for the same, apart from statuses.
    public func isLike(_ other: ProtectionRule) -> Bool { demands == other.demands }

    /// Whether it asks for nothing but statuses, and what is named.
    public func asksForNothingElse(but names: Set<String> = []) -> Bool {
        demands.allSatisfy { names.contains($0.key) }
    }
}

extension JSONValue {
    fileprivate var isNothing: Bool {
        switch self {
        case .null, .flag(false), .integer(0), .text(""): true
        case .list(let values): values.isEmpty
        case .object(let values): values.isEmpty
        case .flag, .integer, .number, .text: false
        }
    }
}
