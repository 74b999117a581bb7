#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A webhook.
struct HookJSON: Decodable, Sendable, ListRow {
    struct Config: Decodable, Sendable {
        var url: String?
    }

    var id: Int64
    var config: Config?
    var events: [String]?
    var active: Bool?
    var branchFilter: String?
    var updatedAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, config, events, active
        case branchFilter = "branch_filter"
        case updatedAt = "updated_at"
    }

    var rowIdentity: String { "\(id)" }

    func webhook(_ place: Webhook.Place) -> Webhook {
        Webhook(
            id: id, place: place, url: config?.url ?? "", events: Wire.list(events), isActive: active ?? false,
            branchFilter: branchFilter ?? "", updatedAt: Wire.timestamp(updatedAt))
    }
}
