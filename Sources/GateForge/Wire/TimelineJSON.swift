#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// A row of the timeline.
struct TimelineJSON: Decodable, Sendable, RowOfPull {
    /// A label; null when it was deleted since.
    struct Label: Decodable, Sendable {
        var name: String
    }

    /// What the body of a push says.
    struct Push: Decodable {
        var isForced: Bool
        var commits: [String]?

        private enum CodingKeys: String, CodingKey {
            case isForced = "is_force_push"
            case commits = "commit_ids"
        }
    }

    var id: Int64
    var type: String
    @Told var user: UserJSON?
    var pullURL: String?
    var body: String?
    var createdAt: Date
    var oldRef: String?
    var newRef: String?
    @Told var label: Label?

    private enum CodingKeys: String, CodingKey {
        case id, type, user, body, label
        case pullURL = "pull_request_url"
        case createdAt = "created_at"
        case oldRef = "old_ref"
        case newRef = "new_ref"
    }

    var rowIdentity: String { "\(id)" }

    /// A row lacks what rows of its type say.
    private struct Incomplete: Error {}

    /// The row as policies see it; nil for rows they do not ask about, an error for one that cannot be read.
    func entry() throws -> TimelineEntry? {
        guard let event = try event() else { return nil }
        return TimelineEntry(
            id: id, actor: user?.account, at: Wire.timestamp(createdAt) ?? Timestamp(seconds: 0), event: event)
    }

    private func event() throws -> TimelineEntry.Event? {
        switch type {
        case "pull_push":
            let push = try Wire.decoder().decode(Push.self, from: Data((body ?? "").utf8))
            return .push(commits: Wire.list(push.commits).compactMap { CommitID($0) }, forced: push.isForced)
        case "change_target_branch":
            guard let oldRef, let newRef else { throw Incomplete() }
            return .retarget(from: oldRef, to: newRef)
        case "label":
            // `1` is an addition, nothing is a removal.
            guard let body else { throw Incomplete() }
            return label.map { body == "1" ? .labelAdded($0.name) : .labelRemoved($0.name) }
        case "close": return .closed
        case "reopen": return .reopened
        default: return nil
        }
    }
}
