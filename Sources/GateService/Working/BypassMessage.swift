import Crypto
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import GatePolicy
import GateStore

/// What is told to another service about a merge or a push around the gates: JSON, signed when there is a secret.
public struct BypassMessage: Sendable {
    /// The header that carries the signature: HMAC-SHA256 of the body, in hexadecimal.
    public static let signatureHeader = "X-Countersign-Signature"

    /// The body.
    public let body: [UInt8]
    /// The signature; nil without a secret.
    public let signature: String?

    private struct Document: Encodable {
        var event = "bypass"
        var kind: String
        var repository: String
        var number: Int64?
        var branch: String
        var commit: String
        /// The login of whoever did it, where the forge says so.
        var by: String?
        /// Seconds since 1970.
        var at: Int64
        var gates: [String]
        var summary: String
    }

    /// A message about a bypass.
    public init(_ bypass: Bypass, secret: String?) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(
            Document(
                kind: bypass.kind.rawValue, repository: "\(bypass.repository)", number: bypass.number,
                branch: bypass.branch, commit: bypass.commit.text, by: bypass.by?.login,
                at: bypass.at.timestamp.seconds,
                gates: bypass.gates, summary: bypass.summary))
        body = [UInt8](data)
        signature = secret.map { secret in
            HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: Data(secret.utf8)))
                .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }
}
