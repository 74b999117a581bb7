import Foundation
import Testing

@testable import GateForge

/// What a real Gitea answered; see `Tests/Fixtures/wire/README.md`.
enum Recordings {
    /// One recorded call.
    struct Exchange: Sendable, CustomStringConvertible {
        var number: Int
        var group: String
        var actor: String
        var method: String
        var path: String
        var status: Int
        var headers: [String: String]
        var body: Data

        var description: String { "\(number) \(method) \(path) → \(status)" }

        /// The path without its query.
        var route: String { String(path.prefix { $0 != "?" }) }

        var canned: Canned {
            var headers = headers
            headers["content-type"] = headers["content-type"] ?? ""
            return Canned(status: status, headers: headers, body: String(decoding: body, as: UTF8.self))
        }
    }

    static let exchanges: [Exchange] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/wire/gitea-1.22-dev/exchanges.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap(exchange)
    }()

    private static func exchange(_ line: Substring) -> Exchange? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            let number = object["n"] as? Int, let group = object["group"] as? String,
            let actor = object["actor"] as? String, let method = object["method"] as? String,
            let path = object["path"] as? String, let status = object["status"] as? Int,
            let headers = object["headers"] as? [String: String]
        else { return nil }
        let body: Data =
            switch object["body"] {
            case let text as String: Data(text.utf8)
            case .some(let value) where !(value is NSNull):
                (try? JSONSerialization.data(withJSONObject: value)) ?? Data()
            default: Data()
            }
        return Exchange(
            number: number, group: group, actor: actor, method: method, path: path, status: status, headers: headers,
            body: body)
    }

    /// The recorded answer of that number.
    static func answer(_ number: Int) throws -> Canned {
        try #require(exchanges.first { $0.number == number }).canned
    }

    /// Answers as the recorded Gitea answered this actor; the query's page and size do not matter.
    static func asked(by actor: String, in groups: Set<String> = ["identity", "membership"])
        -> @Sendable (Asked) -> Canned
    {
        { request in
            if request.route == "/settings/api" || request.route == "/version" {
                return exchanges.first { $0.route == request.route }?.canned ?? .notFound
            }
            let found = exchanges.first {
                $0.actor == actor && groups.contains($0.group) && $0.method == request.method
                    && $0.route == request.route
            }
            return found?.canned ?? .notFound
        }
    }
}
