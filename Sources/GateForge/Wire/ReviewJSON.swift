#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// A review, or a request for one.
struct ReviewJSON: Decodable, Sendable, RowOfPull {
    var id: Int64
    @Told var user: UserJSON?
    var pullURL: String?
    var state: String
    var body: String?
    var commitID: String
    var dismissed: Bool
    var submittedAt: Date
    var updatedAt: Date

    private enum CodingKeys: String, CodingKey {
        case id, user, state, body, dismissed
        case pullURL = "pull_request_url"
        case commitID = "commit_id"
        case submittedAt = "submitted_at"
        case updatedAt = "updated_at"
    }

    var rowIdentity: String { "\(id)" }

    var review: Review {
        Review(
            id: id, author: user?.account, state: Review.State(word: state), isDismissed: dismissed,
            commit: CommitID(commitID), body: body ?? "",
            submittedAt: Wire.timestamp(submittedAt) ?? Timestamp(seconds: 0), updatedAt: Wire.timestamp(updatedAt))
    }
}
