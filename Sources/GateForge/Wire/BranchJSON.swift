import GatePolicy

/// A branch with the protection that any reader is shown.
struct BranchJSON: Decodable, Sendable, ListRow {
    /// Its last commit.
    struct Tip: Decodable, Sendable {
        var id: String
    }

    var name: String
    var commit: Tip
    var isProtected: Bool
    var requiredApprovals: Int?
    var enableStatusCheck: Bool?
    var statusCheckContexts: [String]?

    private enum CodingKeys: String, CodingKey {
        case name, commit
        case isProtected = "protected"
        case requiredApprovals = "required_approvals"
        case enableStatusCheck = "enable_status_check"
        case statusCheckContexts = "status_check_contexts"
    }

    var rowIdentity: String { name }

    /// The branch; nil where its commit is no full object id.
    var answer: BranchAnswer? {
        CommitID(commit.id).map { commit in
            BranchAnswer(
                name: name, commit: commit, isProtected: isProtected, isStatusCheckEnabled: enableStatusCheck ?? false,
                requiredContexts: Wire.list(statusCheckContexts), requiredApprovals: requiredApprovals ?? 0)
        }
    }
}
