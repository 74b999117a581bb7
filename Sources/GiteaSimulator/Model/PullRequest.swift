/// A pull request.
struct PullRequest: Sendable {
    var id: Int
    var repository: Int
    var number: Int
    var author: Int
    var title: String
    var body: String
    var base: String
    var head: String
    var headRepository: Int
    /// The head as last seen; stays when the branch or the fork is deleted.
    var headSHA: String
    var isClosed = false
    var mergedAt: Int?
    var mergedBy: Int?
    var mergeCommit: String?
    /// The merge base at the time of the merge.
    var mergedBase: String?
    var mergedBaseSHA: String?
    var labels: [Int] = []
    var assignees: [Int] = []
    var created: Int
    var updated: Int
    var closedAt: Int?
    /// Whether the server is still computing mergeability.
    var isChecking = false
    var scheduledMerge: ScheduledMerge?

    struct ScheduledMerge: Sendable {
        var doer: Int
        var style: String
        var deleteBranch: Bool
    }

    var isWorkInProgress: Bool {
        let upper = title.uppercased()
        return upper.hasPrefix("WIP:") || upper.hasPrefix("[WIP]")
    }
}

/// A review, a draft of one, or a request for one.
struct Review: Sendable {
    enum State: String, Sendable {
        case pending = "PENDING"
        case approved = "APPROVED"
        case comment = "COMMENT"
        case requestChanges = "REQUEST_CHANGES"
        case requestReview = "REQUEST_REVIEW"
    }

    var id: Int
    var pull: Int
    var reviewer: Int?
    var team: Int?
    var state: State
    var body: String
    var commit: String
    var stale = false
    var official: Bool
    var dismissed = false
    var codeComments = 0
    /// The timeline row that shows it, 0 for none.
    var row: Int
    var created: Int
    var updated: Int
}

/// One row of a pull request's timeline; comments are such rows too.
struct TimelineRow: Sendable {
    var id: Int
    var pull: Int
    var type: String
    var author: Int
    var body = ""
    var review = 0
    var label: Int?
    var assignee: Int?
    var assigneeTeam: Int?
    var removedAssignee = false
    var oldTitle = ""
    var newTitle = ""
    var oldRef = ""
    var newRef = ""
    var commitSHA = ""
    var created: Int
    var updated: Int
    var reactions: [Reaction] = []

    struct Reaction: Sendable {
        var account: Int
        var content: String
        var created: Int
    }
}
