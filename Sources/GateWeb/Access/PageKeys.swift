import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The keys that open one pull request's page each: codes over repository id and number.
///
/// A status links to the page with its key, so whoever can read the statuses can open that page and no other. The first
/// secret makes the keys; older ones still open, until they are taken away.
public struct PageKeys: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The query's parameter that carries the key.
    public static let parameter = "key"
    /// Bytes that a secret has at least.
    public static let minimumBytes = 32

    private let keys: [SymmetricKey]

    /// Keys from secret texts, the newest first; nil where there is none or one is too short.
    public init?(secrets: [String]) {
        let secrets = secrets.map { Array($0.utf8) }
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= Self.minimumBytes }) else { return nil }
        keys = secrets.map { SymmetricKey(data: $0) }
    }

    /// The key of a pull request's page: 32 hexadecimal digits.
    public func key(repositoryID: Int64, number: Int64) -> String {
        Self.text(Self.code(repositoryID, number, keys[0]))
    }

    /// Whether a key opens a page; takes as long for a wrong one.
    func opens(_ key: String, repositoryID: Int64, number: Int64) -> Bool {
        keys.reduce(false) { opens, secret in
            ConstantTime.equal(Self.text(Self.code(repositoryID, number, secret)), key) || opens
        }
    }

    /// Never the secrets.
    public var description: String { "<page keys>" }
    /// Never the secrets.
    public var debugDescription: String { "<page keys>" }
    /// Shows no parts.
    public var customMirror: Mirror { Mirror(self, children: []) }

    private static func code(_ repositoryID: Int64, _ number: Int64, _ key: SymmetricKey) -> [UInt8] {
        let subject = Data("countersign page: \(repositoryID) \(number)".utf8)
        return Array(HMAC<SHA256>.authenticationCode(for: subject, using: key).prefix(16))
    }

    private static func text(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
