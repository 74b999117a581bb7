#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// A review, or a request for one.
struct ReviewJSON: Decodable, Sendable, ListRow {
    var id: Int64
    var user: UserJSON?
    var state: String
    var body: String?
    var commitID: String?
    var dismissed: Bool
    var submittedAt: Date
    var updatedAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, user, state, body, dismissed
        case commitID = "commit_id"
        case submittedAt = "submitted_at"
        case updatedAt = "updated_at"
    }

    var rowIdentity: String { "\(id)" }

    var review: Review {
        Review(
            id: id, author: user?.account, state: Review.State(word: state), isDismissed: dismissed,
            commit: commitID.flatMap { CommitID($0) }, body: body ?? "",
            submittedAt: Wire.timestamp(submittedAt) ?? Timestamp(seconds: 0), updatedAt: Wire.timestamp(updatedAt))
    }
}
