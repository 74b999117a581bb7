/// `GET /version`.
struct VersionJSON: Decodable, Sendable {
    var version: String
}

/// `GET /settings/api`.
struct ServerLimitsJSON: Decodable, Sendable {
    var maxResponseItems: Int

    private enum CodingKeys: String, CodingKey {
        case maxResponseItems = "max_response_items"
    }
}
