/// A rule of branch protection.
struct ProtectionJSON: Decodable, Sendable, ListRow {
    var ruleName: String?
    var branchName: String?
    var enableStatusCheck: Bool?
    var statusCheckContexts: [String]?
    var requiredApprovals: Int?
    var enablePush: Bool?
    var blockAdminMergeOverride: Bool?

    private enum CodingKeys: String, CodingKey {
        case ruleName = "rule_name"
        case branchName = "branch_name"
        case enableStatusCheck = "enable_status_check"
        case statusCheckContexts = "status_check_contexts"
        case requiredApprovals = "required_approvals"
        case enablePush = "enable_push"
        case blockAdminMergeOverride = "block_admin_merge_override"
    }

    var rowIdentity: String { rule.name }

    var rule: ProtectionRule {
        let name = ruleName.flatMap { $0.isEmpty ? nil : $0 } ?? branchName ?? ""
        return ProtectionRule(
            name: name, isStatusCheckEnabled: enableStatusCheck ?? false, contexts: Wire.list(statusCheckContexts),
            requiredApprovals: requiredApprovals ?? 0, allowsPush: enablePush ?? false,
            bindsAdministrators: blockAdminMergeOverride)
    }
}
