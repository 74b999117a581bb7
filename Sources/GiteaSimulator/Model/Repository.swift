/// A repository: its branches, and what hangs on it.
struct Repository: Sendable {
    var id: Int
    var owner: Int
    var name: String
    var description = ""
    var isPrivate: Bool
    var defaultBranch: String
    var parent: Int?
    var archivedAt: Int?
    var isMirror = false
    /// Whether its unit of pull requests is on.
    var hasPulls = true
    var created: Int
    var updated: Int
    var branches: [String: String] = [:]
    var tags: [String: String] = [:]
    /// The commits this repository has, heads of pull requests from forks included.
    var known: Set<String> = []
    var labels: [Label] = []
    var collaborators: [Int: AccessMode] = [:]
    var protections: [BranchProtection] = []
    /// The styles of merging that its settings forbid.
    var forbiddenStyles: Set<String> = []
    /// Statuses by commit, oldest first.
    var statuses: [String: [CommitStatus]] = [:]
    var lastIndex = 0
    var watchers = 0
    var bytes = 0
    var secrets: [String: ActionsSecret] = [:]

    var isEmpty: Bool { branches.isEmpty }

    /// The settings that allow a style of merging.
    static let styleSettings = [
        ("allow_merge_commits", "merge"), ("allow_rebase", "rebase"), ("allow_rebase_explicit", "rebase-merge"),
        ("allow_squash_merge", "squash"),
    ]
}

/// A label of a repository.
struct Label: Sendable {
    var id: Int
    var name: String
    var color: String
    var description: String
}

/// One row of a commit's statuses; rows are only ever added.
struct CommitStatus: Sendable {
    var index: Int
    var state: String
    var context: String
    var description: String
    var targetURL: String
    var creator: Int
    var created: Int
}

/// A rule for the branches that its name, a glob, matches.
struct BranchProtection: Sendable {
    var rule: String
    var enablePush = false
    var enablePushWhitelist = false
    var pushUsers: [String] = []
    var pushTeams: [String] = []
    var enableMergeWhitelist = false
    var mergeUsers: [String] = []
    var mergeTeams: [String] = []
    var enableStatusCheck = false
    var contexts: [String] = []
    var requiredApprovals = 0
    var enableApprovalsWhitelist = false
    var approvalUsers: [String] = []
    var approvalTeams: [String] = []
    var blockOnRejectedReviews = false
    var blockOnOfficialReviewRequests = false
    var blockOnOutdatedBranch = false
    var dismissStaleApprovals = false
    var requireSignedCommits = false
    var protectedFiles = ""
    var unprotectedFiles = ""
    /// From 1.23 on.
    var bindsAdministrators = false
    /// From 1.23 on: the least comes first.
    var priority = 0
    var created: Int
    var updated: Int
}

/// A webhook of a repository, of an organisation, or of the whole site.
struct Hook: Sendable {
    enum Target: Sendable, Equatable {
        case repository(Int)
        case organization(Int)
        /// Every repository.
        case site
        /// None: what a new repository gets a copy of, which nothing here makes.
        case template
    }

    var id: Int
    var target: Target
    var url: String
    var contentType: String
    var secret: String
    var events: Set<String>
    var isActive: Bool
    var branchFilter: String
    /// What every delivery's `Authorization` is; empty for none.
    var authorization = ""
    /// What it speaks: `gitea`, or a chat's type, which is only shown: every delivery is one of the forge's.
    var kind = "gitea"
    var created: Int
    var updated: Int
}
