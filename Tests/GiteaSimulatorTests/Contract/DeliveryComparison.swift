import Crypto
import Foundation

@testable import GiteaSimulator

/// Compares the webhooks that the simulator caused with the recorded ones.
enum DeliveryComparison {
    struct Difference {
        var index: Int
        var details: [String]
    }

    /// Headers that differ from run to run; the signatures are checked instead of compared.
    private static let varying: Set<String> = [
        "X-GitHub-Delivery", "X-Gitea-Delivery", "X-Gogs-Delivery", "X-Gitea-Signature", "X-Gogs-Signature",
        "X-Hub-Signature", "X-Hub-Signature-256",
    ]

    static func compare(_ recording: Recording, _ outcome: Player.Outcome) -> (count: Int, [Difference]) {
        let sent = outcome.deliveries.filter { !wasThinnedOut($0) }
        var mapping = outcome.mapping
        // whether the server had finished computing it hung on the moment
        mapping.timedKeys = ["mergeable"]
        var differences: [Difference] = []
        var waiting = sent
        for (index, expected) in recording.deliveries.enumerated() {
            // the server promises no order: only what concerns one thing must come in order
            guard
                let place = waiting.firstIndex(where: {
                    subject($0.eventType, $0.body) == subject(expected.eventType, expected.body)
                })
            else {
                differences.append(Difference(index: index, details: ["was never sent: \(expected.eventType)"]))
                continue
            }
            let details = compare(expected, waiting.remove(at: place), &mapping, recording.hookSecret)
            if !details.isEmpty { differences.append(Difference(index: index, details: details)) }
        }
        for (index, delivery) in waiting.enumerated() {
            let details = ["one too many: \(delivery.eventType)"]
            differences.append(Difference(index: recording.deliveries.count + index, details: details))
        }
        return (sent.count, differences)
    }

    /// What a delivery is about: its kind, its action, its pull request or branch.
    private static func subject(_ type: String, _ body: String) -> String {
        let json = JSON(parsing: Data(body.utf8)) ?? .null
        let number = json["number"]?.int ?? json["issue"]?["number"]?.int ?? 0
        return "\(type) \(json["action"]?.string ?? "") \(number) \(json["ref"]?.string ?? "")"
    }

    /// The recordings keep only the first two of the 60 comments and of the 55 files.
    private static func wasThinnedOut(_ delivery: PendingDelivery) -> Bool {
        guard let body = JSON(parsing: Data(delivery.body.utf8)) else { return false }
        let text = body["comment"]?["body"]?.string ?? body["head_commit"]?["message"]?.string ?? ""
        guard let match = text.wholeMatch(of: /(?:comment|file) (\d+)\n?/) else { return false }
        return (Int(match.1) ?? 0) > 1
    }

    private static func compare(
        _ expected: Recording.Delivery, _ sent: PendingDelivery, _ mapping: inout Mapping, _ secret: String
    ) -> [String] {
        var details: [String] = []
        let headers = Dictionary(uniqueKeysWithValues: sent.headers.map { ($0.name, $0.value) })
        for name in Set(expected.headers.keys).union(headers.keys).sorted() {
            let old = expected.headers[name]
            let new = headers[name]
            if varying.contains(name) ? (old == nil) != (new == nil) || old?.count != new?.count : old != new {
                details.append("\(name) \(old ?? "absent"), not \(new ?? "absent")")
            }
        }
        let key = SymmetricKey(data: Data(secret.utf8))
        let bytes = Data(sent.body.utf8)
        let signature = HMAC<SHA256>.authenticationCode(for: bytes, using: key).map { String(format: "%02x", $0) }
            .joined()
        let short = HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key).map { String(format: "%02x", $0) }
            .joined()
        if headers["X-Gitea-Signature"] != signature || headers["X-Gogs-Signature"] != signature
            || headers["X-Hub-Signature-256"] != "sha256=\(signature)" || headers["X-Hub-Signature"] != "sha1=\(short)"
        {
            details.append("wrong signature")
        }
        guard let old = JSON(parsing: Data(expected.body.utf8)), let new = JSON(parsing: bytes) else {
            return details + ["no JSON"]
        }
        return details + mapping.compare(old, new)
    }
}
