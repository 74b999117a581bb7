import GatePolicy

/// A rule of branch protection.
struct ProtectionJSON: Decodable, Sendable, ListRow {
    private var known: Known
    private var settings: [String: JSONValue]

    private struct Known: Decodable {
        var ruleName: String?
        var branchName: String?
        var priority: Int64?
        var enableStatusCheck: Bool?
        var statusCheckContexts: [String]?
        var requiredApprovals: Int?
        var blockAdminMergeOverride: Bool?

        enum CodingKeys: String, CodingKey {
            case ruleName = "rule_name"
            case branchName = "branch_name"
            case priority
            case enableStatusCheck = "enable_status_check"
            case statusCheckContexts = "status_check_contexts"
            case requiredApprovals = "required_approvals"
            case blockAdminMergeOverride = "block_admin_merge_override"
        }
    }

    /// What is not a setting that another rule could be made with.
    private static let ownNames: Set<String> = ["branch_name", "rule_name", "priority", "created_at", "updated_at"]

    init(from decoder: any Decoder) throws {
        known = try Known(from: decoder)
        settings = try [String: JSONValue](from: decoder).filter {
            !Self.ownNames.contains($0.key) && $0.value != .null
        }
    }

    var rowIdentity: String { rule.name }

    var rule: ProtectionRule {
        let name = known.ruleName.flatMap { $0.isEmpty ? nil : $0 } ?? known.branchName ?? ""
        return ProtectionRule(
            name: name, isStatusCheckEnabled: known.enableStatusCheck ?? false,
            contexts: Wire.list(known.statusCheckContexts), requiredApprovals: known.requiredApprovals ?? 0,
            bindsAdministrators: known.blockAdminMergeOverride, priority: known.priority, settings: settings)
    }
}
