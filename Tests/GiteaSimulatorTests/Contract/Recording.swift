import Foundation
import GiteaSimulator

/// What a real server was asked and answered, from `Tests/Fixtures/wire`.
struct Recording {
    struct Exchange {
        var number: Int
        var group: String
        var name: String
        var actor: String
        var auth: String
        var method: String
        var path: String
        var request: JSON
        var status: Int
        var headers: [String: String]
        var body: JSON
    }

    struct Delivery {
        var event: String
        var eventType: String
        var action: String?
        /// The exchange after which it arrived.
        var after: String
        var headers: [String: String]
        var body: String
    }

    var exchanges: [Exchange]
    var deliveries: [Delivery]
    var hookSecret: String

    static func load() throws -> Recording {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/wire/gitea-1.22-dev")
        func lines(_ name: String) throws -> [JSON] {
            try Data(contentsOf: folder.appending(path: name)).split(separator: 10).map {
                try JSONDecoder().decode(JSON.self, from: Data($0))
            }
        }
        func strings(_ json: JSON?) -> [String: String] {
            Dictionary(uniqueKeysWithValues: (json?.members ?? []).map { ($0.key, $0.value.string ?? "") })
        }
        let actors = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: folder.appending(path: "actors.json")))
        return Recording(
            exchanges: try lines("exchanges.jsonl").map {
                Exchange(
                    number: $0["n"]?.int ?? 0, group: $0["group"]?.string ?? "", name: $0["name"]?.string ?? "",
                    actor: $0["actor"]?.string ?? "", auth: $0["auth"]?.string ?? "",
                    method: $0["method"]?.string ?? "", path: $0["path"]?.string ?? "",
                    request: $0["request"] ?? .null, status: $0["status"]?.int ?? 0,
                    headers: strings($0["headers"]), body: $0["body"] ?? .null)
            },
            deliveries: try lines("deliveries.jsonl").map {
                Delivery(
                    event: $0["event"]?.string ?? "", eventType: $0["event_type"]?.string ?? "",
                    action: $0["action"]?.string, after: $0["after"]?.string ?? "",
                    headers: strings($0["headers"]), body: $0["body"]?.string ?? "")
            }, hookSecret: actors["hook_secret"]?.string ?? "")
    }
}

extension JSON {
    /// Calls the body with every value in here, and the key it stands under.
    func walk(_ key: String = "", _ body: (String, JSON) -> Void) {
        body(key, self)
        for member in members ?? [] { member.value.walk(member.key, body) }
        for value in array ?? [] { value.walk(key, body) }
    }

    /// The latest moment in here that lies in the time of the recordings.
    var latestTime: Date? {
        var latest: Date?
        walk { _, value in
            guard let text = value.string, text.count == 20, text.hasSuffix("Z"),
                let date = try? Date(text, strategy: .iso8601), date.timeIntervalSince1970 > 1_600_000_000,
                date.timeIntervalSince1970 < 2_000_000_000
            else { return }
            latest = max(latest ?? date, date)
        }
        return latest
    }
}
