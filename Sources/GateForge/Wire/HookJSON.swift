#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A webhook.
struct HookJSON: Decodable, Sendable, ListRow {
    struct Config: Decodable, Sendable {
        var url: String?
        var contentType: String?

        private enum CodingKeys: String, CodingKey {
            case url
            case contentType = "content_type"
        }
    }

    var id: Int64
    var type: String?
    var config: Config?
    var events: [String]?
    var active: Bool?
    var branchFilter: String?
    var authorization: String?
    var updatedAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, type, config, events, active
        case authorization = "authorization_header"
        case branchFilter = "branch_filter"
        case updatedAt = "updated_at"
    }

    var rowIdentity: String { "\(id)" }

    func webhook(_ place: Webhook.Place) -> Webhook {
        Webhook(
            id: id, place: place, url: config?.url ?? "", events: Wire.list(events), isActive: active ?? false,
            branchFilter: branchFilter ?? "", isJSON: config?.contentType.map { $0 == "json" } ?? true,
            authorization: try? Token(secret: authorization ?? ""), kind: type ?? "gitea",
            updatedAt: Wire.timestamp(updatedAt))
    }
}
