import Foundation

extension Recordings {
    /// One recorded webhook delivery.
    struct Delivery: Sendable {
        var event: String
        var fields: [String: String]
        var body: Data

        @Sendable func values(_ field: String) -> [String] { fields[field].map { [$0] } ?? [] }
    }

    static let deliveries: [Delivery] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/wire/gitea-1.22-dev/deliveries.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let event = object["event"] as? String, let fields = object["headers"] as? [String: String],
                let body = object["body"] as? String
            else { return nil }
            return Delivery(event: event, fields: fields, body: Data(body.utf8))
        }
    }()
}
