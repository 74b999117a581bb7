import Crypto
import Foundation

/// A webhook delivery that was caused and not yet sent.
public struct PendingDelivery: Sendable {
    /// A number that grows with every delivery.
    public var serial: Int
    /// Where it goes.
    public var url: String
    /// `X-Gitea-Event`.
    public var event: String
    /// `X-Gitea-Event-Type`.
    public var eventType: String
    /// The raw body.
    public var body: String
    /// All headers, signature included.
    public var headers: [(name: String, value: String)]

    init(serial: Int, hook: Hook, event: String, eventType: String, payload: JSON, isForgejo: Bool) {
        self.serial = serial
        url = hook.url
        self.event = event
        self.eventType = eventType
        body = payload.text
        let bytes = Data(body.utf8)
        let key = SymmetricKey(data: Data(hook.secret.utf8))
        let isSigned = !hook.secret.isEmpty
        let signature = isSigned ? HMAC<SHA256>.authenticationCode(for: bytes, using: key).hex : ""
        let short = isSigned ? HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key).hex : ""
        let id = UUID().uuidString.lowercased()
        headers = [("User-Agent", "Go-http-client/1.1"), ("Content-Type", "application/json")]
        if !hook.authorization.isEmpty { headers.append(("Authorization", hook.authorization)) }
        headers += [("X-GitHub-Delivery", id), ("X-GitHub-Event", event), ("X-GitHub-Event-Type", eventType)]
        for brand in isForgejo ? ["Forgejo", "Gitea", "Gogs"] : ["Gitea", "Gogs"] {
            headers += [
                ("X-\(brand)-Delivery", id), ("X-\(brand)-Event", event), ("X-\(brand)-Event-Type", eventType),
                ("X-\(brand)-Signature", signature),
            ]
        }
        headers += [("X-Hub-Signature", "sha1=\(short)"), ("X-Hub-Signature-256", "sha256=\(signature)")]
    }
}

extension WorldState {
    /// The names of the events a hook can have, in the order in which the server lists them.
    static let hookEvents = [
        "create", "delete", "fork", "push", "issues", "issue_assign", "issue_label", "issue_milestone",
        "issue_comment", "pull_request", "pull_request_assign", "pull_request_label", "pull_request_milestone",
        "pull_request_comment", "pull_request_review_approved", "pull_request_review_rejected",
        "pull_request_review_comment", "pull_request_sync", "pull_request_review_request", "wiki", "repository",
        "release", "package", "status",
    ]

    private mutating func tell(_ repository: Repository, _ event: String, _ type: String, _ payload: JSON) {
        for hook in hooks.values.sorted(by: { $0.id < $1.id }) where hook.isActive && hook.events.contains(type) {
            guard [.repository(repository.id), .organization(repository.owner), .site].contains(hook.target) else {
                continue
            }
            queue(hook, event, type, payload)
        }
    }

    mutating func queue(_ hook: Hook, _ event: String, _ type: String, _ payload: JSON) {
        deliverySerial += 1
        outbox.append(
            PendingDelivery(
                serial: deliverySerial, hook: hook, event: event, eventType: type, payload: payload,
                isForgejo: version.isForgejo))
    }

    mutating func tellPull(
        _ id: Int, action: String, type: String, by doer: Int, changes: JSON? = nil, requested: Int? = nil,
        review: JSON = .null, event: String = "pull_request", asDoer: Bool = true,
        repositoryUpdated: Int? = nil
    ) {
        guard let pull = pulls[id], let repository = repositories[pull.repository] else { return }
        var payload: JSON = ["action": .string(action), "number": .int(pull.number)]
        if let changes { payload["changes"] = changes }
        var shown = pullJSON(pull, viewer: nil, forWebhook: true)
        // counters are brought up to date after the webhook is written
        let lag = ["opened": -1, "reopened": -1, "closed": 1][action] ?? 0
        for side in ["base", "head"] {
            guard let repository = shown[side]?["repo"] else { continue }
            shown[side]?["repo"] = counting(repository, lag, pull)
        }
        payload["pull_request"] = shown
        payload["requested_reviewer"] = requested.map { accountJSON($0, for: .nobody) } ?? .null
        let permission = asDoer ? webhookPermission(of: action, doer, in: repository) : .nothing
        payload["repository"] = counting(
            repositoryJSON(repository, permission), action == "opened" ? 0 : lag, pull)
        if let repositoryUpdated { payload["repository"]?["updated_at"] = Self.time(repositoryUpdated) }
        payload["sender"] = accountJSON(doer, for: .nobody)
        payload["commit_id"] = ""
        payload["review"] = review
        tell(repository, event, type, payload)
    }

    private func counting(_ json: JSON, _ lag: Int, _ pull: PullRequest) -> JSON {
        guard json["id"]?.int == pull.repository, let count = json["open_pr_counter"]?.int else { return json }
        var copy = json
        copy["open_pr_counter"] = .int(count + lag)
        return copy
    }

    /// Synchronisations and labels show the repository as its owner sees it.
    private func webhookPermission(of action: String, _ doer: Int, in repository: Repository) -> Permission {
        action == "synchronized" || action == "label_updated" ? .all(.owner) : permission(of: doer, in: repository)
    }

    mutating func tellReview(_ review: Review, by doer: Int) {
        let kinds: [Review.State: (String, String)] = [
            .approved: ("pull_request_approved", "pull_request_review_approved"),
            .requestChanges: ("pull_request_rejected", "pull_request_review_rejected"),
            .comment: ("pull_request_comment", "pull_request_review_comment"),
        ]
        guard let (event, type) = kinds[review.state] else { return }
        tellPull(
            review.pull, action: "reviewed", type: type, by: doer,
            review: ["type": .string(type), "content": .string(review.body)], event: event, asDoer: false)
    }

    mutating func tellComment(_ row: TimelineRow, action: String, by doer: Int, changes: JSON? = nil) {
        guard let pull = pulls[row.pull], let repository = repositories[pull.repository] else { return }
        var payload: JSON = ["action": .string(action), "issue": issueJSON(pull), "comment": commentJSON(row)]
        if action == "created" { payload["issue"]?["comments"] = .int(commentCount(pull) - 1) }
        if let changes { payload["changes"] = changes }
        payload["repository"] = repositoryJSON(repository, permission(of: doer, in: repository))
        payload["sender"] = accountJSON(doer, for: .nobody)
        payload["is_pull"] = true
        tell(repository, "issue_comment", "pull_request_comment", payload)
    }

    mutating func tellStatus(_ status: CommitStatus, sha: String, in repository: Repository) {
        guard version.tellsStatuses, let commit = git.commits[sha] else { return }
        let payload: JSON = [
            "commit": payloadCommit(commit, in: repository, withFiles: false), "context": .string(status.context),
            "created_at": Self.time(status.created), "description": .string(status.description),
            "id": .int(status.index), "repository": repositoryJSON(repository, .all(.owner)),
            "sender": accountJSON(status.creator, for: .nobody), "sha": .string(sha), "state": .string(status.state),
            "target_url": .string(status.targetURL), "updated_at": Self.time(status.created),
        ]
        tell(repository, "status", "status", payload)
    }

    mutating func tellPush(_ push: Push) {
        guard let repository = repositories[push.repository] else { return }
        let zero = String(repeating: "0", count: 40)
        let known = push.before ?? repository.branches[repository.defaultBranch]
        let shown = push.after.map { git.log(from: $0, without: known) } ?? []
        let from = push.before ?? shown.last?.parents.first ?? repository.defaultBranch
        let payload: JSON = [
            "ref": .string("refs/heads/\(push.branch)"), "before": .string(push.before ?? zero),
            "after": .string(push.after ?? zero),
            "compare_url": .string("\(web(repository))/compare/\(from)...\(push.after ?? zero)"),
            "commits": .array(shown.map { payloadCommit($0, in: repository, withFiles: true) }),
            "total_commits": .int(shown.count),
            "head_commit": push.after.flatMap { git.commits[$0] }
                .map { payloadCommit($0, in: repository, withFiles: true) } ?? .null,
            "repository": repositoryJSON(repository, .all(.owner)),
            "pusher": accountJSON(push.doer, for: .nobody), "sender": accountJSON(push.doer, for: .nobody),
        ]
        tell(repository, "push", "push", payload)
    }

    /// The test delivery of a hook: a push that changed nothing; nothing is sent unless the hook tells of pushes to
    /// the default branch.
    mutating func tellTest(_ hook: Hook, _ repository: Repository, by doer: Int) {
        guard hook.events.contains("push"), hook.isActive,
            hook.branchFilter.isEmpty || Glob(hook.branchFilter).matches(repository.defaultBranch)
        else { return }
        guard let sha = repository.branches[repository.defaultBranch], let commit = git.commits[sha] else { return }
        let shown = payloadCommit(commit, in: repository, withFiles: false)
        let payload: JSON = [
            "ref": .string("refs/heads/\(repository.defaultBranch)"), "before": .string(sha), "after": .string(sha),
            "compare_url": .string("\(web(repository))/compare/\(sha)...\(sha)"), "commits": [shown],
            "total_commits": 1, "head_commit": shown, "repository": repositoryJSON(repository, .nothing),
            "pusher": accountJSON(doer, for: .nobody), "sender": accountJSON(doer, for: .nobody),
        ]
        queue(hook, "push", "push", payload)
    }
}
