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
        for (index, expected) in recording.deliveries.enumerated() {
            guard index < sent.count else {
                differences.append(Difference(index: index, details: ["was never sent: \(expected.eventType)"]))
                continue
            }
            let details = compare(expected, sent[index], &mapping, recording.hookSecret)
            if !details.isEmpty { differences.append(Difference(index: index, details: details)) }
        }
        for index in recording.deliveries.count..<max(recording.deliveries.count, sent.count) {
            differences.append(Difference(index: index, details: ["one too many: \(sent[index].eventType)"]))
        }
        return (sent.count, differences)
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
        let signature = HMAC<SHA256>.authenticationCode(for: bytes, using: key).map { String(format: "%02x", $0) }.joined()
        let short = HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key).map { String(format: "%02x", $0) }.joined()
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
