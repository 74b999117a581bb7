#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// A pull request.
struct PullJSON: Decodable, Sendable, ListRow {
    /// One of its two ends.
    struct End: Decodable, Sendable {
        var label: String?
        var ref: String
        var sha: String
        var repoID: Int64?
        var repo: RepositoryJSON?

        private enum CodingKeys: String, CodingKey {
            case label, ref, sha, repo
            case repoID = "repo_id"
        }
    }

    /// A label, by name.
    struct Label: Decodable, Sendable {
        var name: String
    }

    var number: Int64
    @Told var user: UserJSON?
    var title: String
    var body: String
    var labels: [Label]
    var state: String
    var draft: Bool?
    var merged: Bool?
    var base: End
    var head: End
    var mergeBase: String?
    var createdAt: Date
    var updatedAt: Date?
    var mergedBy: UserJSON?
    var mergedAt: Date?
    var mergeCommit: String?

    private enum CodingKeys: String, CodingKey {
        case number, user, title, body, labels, state, draft, merged, base, head
        case mergeBase = "merge_base"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case mergedBy = "merged_by"
        case mergedAt = "merged_at"
        case mergeCommit = "merge_commit_sha"
    }

    var rowIdentity: String { "\(number)" }

    var merge: PullRequestSnapshot.Merge? {
        guard merged == true else { return nil }
        return .init(
            by: mergedBy?.account, at: Wire.timestamp(mergedAt), commit: mergeCommit.flatMap { CommitID($0) })
    }

    /// Gitea's default prefixes of work in progress, for servers whose answers have no `draft`.
    private static let draftPrefixes = ["wip:", "[wip]"]

    var isDraft: Bool {
        draft ?? Self.draftPrefixes.contains { title.lowercased().hasPrefix($0) }
    }

    /// Whether it was pushed to `refs/for/…`: whoever may read can do that, so its head is nobody's branch here.
    private var isWithoutBranch: Bool { head.ref.hasPrefix("refs/pull/") && head.label?.isEmpty ?? true }

    /// The fork's owner: nil for the repository's own branches, `?` for a deleted fork.
    var forkOwner: String? {
        if isWithoutBranch { return user?.login ?? "?" }
        guard let headRepo = head.repo else { return head.repoID == base.repo?.id && head.repoID != nil ? nil : "?" }
        return headRepo.id == base.repo?.id ? nil : headRepo.owner.login
    }

    /// A branch's name; of a deleted fork `ref` may be an internal one, and `label` tells the branch.
    var headBranch: String {
        isWithoutBranch || !head.ref.hasPrefix("refs/pull/") ? head.ref : head.label ?? head.ref
    }

    var pullRequest: PullRequest? {
        guard let sha = CommitID(head.sha) else { return nil }
        return PullRequest(
            number: number, title: title, body: body, author: user?.account, head: sha, headBranch: headBranch,
            forkOwner: forkOwner, baseBranch: base.ref, base: CommitID(base.sha),
            mergeBase: mergeBase.flatMap { CommitID($0) }, labels: labels.map(\.name),
            isOpen: state == "open", isDraft: isDraft, createdAt: Wire.timestamp(createdAt) ?? Timestamp(seconds: 0))
    }
}
