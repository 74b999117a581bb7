import GatePolicy

/// The few members of a delivery's body that say what it is about.
struct EnvelopeJSON: Decodable, Sendable {
    struct Repository: Decodable, Sendable {
        var id: Int64?
        var fullName: String?

        enum CodingKeys: String, CodingKey {
            case id
            case fullName = "full_name"
        }
    }

    struct Sender: Decodable, Sendable {
        var id: Int64?
    }

    struct Issue: Decodable, Sendable {
        var number: Int64?
    }

    /// What the body comes to, for an event.
    enum Reading {
        case target(WebhookHint.Target)
        case unrelated
        case malformed(String)
    }

    var repository: Repository?
    var sender: Sender?
    var action: String?
    var number: Int64?
    var issue: Issue?
    var isPull: Bool?
    var ref: String?
    var refType: String?
    var before: String?
    var after: String?
    var sha: String?
    var context: String?
    var state: String?

    enum CodingKeys: String, CodingKey {
        case repository, sender, action, number, issue, ref, before, after, sha, context, state
        case isPull = "is_pull"
        case refType = "ref_type"
    }

    /// Whether it is the forge's test of a webhook: a push from a commit to itself, which no real push is.
    func isTest(_ event: WebhookEvent) -> Bool {
        guard event == .push, let before, let after else { return false }
        return before.isExactly(after) && CommitID(before) != nil
    }

    /// What happened; the header's `X-Gitea-Event` is the same for all that befalls a pull request.
    func cause(_ event: WebhookEvent) -> String {
        switch (event, action) {
        case (.pullRequest, "synchronized"): "pull_request_sync"
        case (.pullRequest, "label_updated"), (.pullRequest, "label_cleared"): "pull_request_label"
        default: event.rawValue
        }
    }

    func target(of event: WebhookEvent) -> Reading {
        switch event {
        case .pullRequest, .approved, .rejected, .reviewComment: pull(number)
        case .comment: isPull == true ? pull(issue?.number) : .unrelated
        case .push: pushed
        case .create, .delete: refType == "branch" ? branch(ref) : .unrelated
        case .status: posted
        case .repository: .target(.repository)
        case .fork, .issues, .wiki, .release, .package, .workflowRun, .workflowJob: .unrelated
        }
    }

    private func pull(_ number: Int64?) -> Reading {
        guard let number, number > 0 else { return .malformed("it names no pull request") }
        return .target(.pullRequest(number))
    }

    private var pushed: Reading {
        guard let ref else { return .malformed("it names no branch") }
        let prefix = "refs/heads/"
        return ref.hasPrefix(prefix) ? branch(String(ref.dropFirst(prefix.count))) : .unrelated
    }

    private func branch(_ name: String?) -> Reading {
        guard let name, !name.isEmpty else { return .malformed("it names no branch") }
        return .target(name.utf8.count > WebhookDelivery.maximumNameBytes ? .repository : .branch(name))
    }

    private var posted: Reading {
        guard let sha, let commit = CommitID(sha) else { return .malformed("it names no commit") }
        let context = context ?? ""
        return .target(
            context.utf8.count > WebhookDelivery.maximumNameBytes
                ? .repository
                : .commit(commit, context: context, state: state.flatMap { StatusState(rawValue: $0) }))
    }
}
