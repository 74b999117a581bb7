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

    private enum CodingKeys: String, CodingKey {
        case id, config, events, active
        case branchFilter = "branch_filter"
    }

    var rowIdentity: String { "\(id)" }

    func webhook(_ place: Webhook.Place) -> Webhook {
        Webhook(
            id: id, place: place, url: config?.url ?? "", events: Wire.list(events), isActive: active ?? false,
            branchFilter: branchFilter ?? "")
    }
}
