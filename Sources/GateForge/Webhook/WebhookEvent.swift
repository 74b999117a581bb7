/// What the forge says has happened, by the name in its header field.
public enum WebhookEvent: String, Hashable, Sendable, CaseIterable {
    case push, create, delete
    case pullRequest = "pull_request"
    case approved = "pull_request_approved"
    case rejected = "pull_request_rejected"
    case reviewComment = "pull_request_comment"
    case comment = "issue_comment"
    case status, repository
    case fork, issues, wiki, release, package
    case workflowRun = "workflow_run"
    case workflowJob = "workflow_job"

    /// The header fields that name it.
    public static let fields = ["X-Gitea-Event", "X-Forgejo-Event"]
}
