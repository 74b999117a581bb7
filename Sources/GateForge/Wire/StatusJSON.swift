import GatePolicy

/// A status row; its state is called `status` here and `state` everywhere else.
struct StatusJSON: Decodable, Sendable, ListRow {
    var id: Int64
    var status: String
    var context: String
    var description: String?
    var targetURL: String?
    @Told var creator: UserJSON?

    private enum CodingKeys: String, CodingKey {
        case id, status, context, description, creator
        case targetURL = "target_url"
    }

    var rowIdentity: String { "\(id)" }

    var commitStatus: CommitStatus {
        CommitStatus(
            id: id, context: context, state: StatusState(rawValue: status), description: description ?? "",
            targetURL: targetURL ?? "", creator: creator?.account)
    }
}

/// `GET /commits/{sha}/status`: the newest row of each context, a page of them.
struct CombinedStatusJSON: Decodable, Sendable {
    var sha: String
    var statuses: [StatusJSON]?
}

/// The body of a new status.
struct NewStatusJSON: Encodable, Sendable {
    var context: String
    var state: String
    var description: String
    var targetURL: String

    private enum CodingKeys: String, CodingKey {
        case context, state, description
        case targetURL = "target_url"
    }
}
