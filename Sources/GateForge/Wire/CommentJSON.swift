#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy

/// A comment.
struct CommentJSON: Decodable, Sendable, RowOfPull {
    var id: Int64
    @Told var user: UserJSON?
    var pullURL: String?
    var body: String
    var createdAt: Date
    var updatedAt: Date

    private enum CodingKeys: String, CodingKey {
        case id, user, body
        case pullURL = "pull_request_url"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    var rowIdentity: String { "\(id)" }

    var comment: Comment {
        Comment(
            id: id, author: user?.account, body: body,
            createdAt: Wire.timestamp(createdAt) ?? Timestamp(seconds: 0),
            updatedAt: Wire.timestamp(updatedAt) ?? Timestamp(seconds: 0))
    }
}

/// The body of a new or changed comment.
struct NewCommentJSON: Encodable, Sendable {
    var body: String
}

/// The body of a reaction.
struct NewReactionJSON: Encodable, Sendable {
    var content: String
}
