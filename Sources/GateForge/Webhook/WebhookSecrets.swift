import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The secrets shared with the forge's webhooks: several at once while one replaces another.
///
/// Every way of printing them shows `<secrets>`.
public struct WebhookSecrets: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Bytes that a secret has at least: a shorter one can be guessed from one recorded delivery.
    public static let minimumBytes = 16
    /// How many may be in use at once.
    public static let maximumCount = 8

    /// What some editors put before a text, and nobody sees.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let keys: [SymmetricKey]

    /// The secrets from their texts, without the white space around each.
    /// - Throws: what is wrong, where there is none, or one is empty, too short or one too many.
    public init(_ texts: [String]) throws(ForgeSettingsError) {
        guard !texts.isEmpty else { throw Self.problem("there is no secret") }
        guard texts.count <= Self.maximumCount else {
            throw Self.problem("there are more than \(Self.maximumCount) secrets")
        }
        keys = try texts.map { (text) throws(ForgeSettingsError) in
            let secret = Self.trimmed(text)
            if secret.isEmpty {
                throw Self.problem("a secret is empty: everybody could sign with that")
            }
            guard !secret.starts(with: Self.byteOrderMark) else {
                throw Self.problem("a secret begins with a byte order mark: save the file without one")
            }
            guard secret.count >= Self.minimumBytes else {
                throw Self.problem(
                    "a secret is shorter than \(Self.minimumBytes) bytes: `openssl rand -hex 32` makes one")
            }
            return SymmetricKey(data: secret)
        }
    }

    /// Whether these are the same ones, in the same order.
    public func isSame(as other: WebhookSecrets) -> Bool { keys == other.keys }

    /// Whether one of the secrets signs these bytes so; takes as long whichever of them it is.
    func sign(_ body: some DataProtocol, with code: [UInt8]) -> Bool {
        keys.reduce(false) { isSigned, key in
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key) || isSigned
        }
    }

    /// Never the secrets.
    public var description: String { "<secrets>" }
    /// Never the secrets.
    public var debugDescription: String { "<secrets>" }
    /// Shows no parts.
    public var customMirror: Mirror { Mirror(self, children: []) }

    private static func problem(_ text: String) -> ForgeSettingsError {
        ForgeSettingsError(setting: "hook.secret", problem: text)
    }

    private static func trimmed(_ text: String) -> [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
        var bytes = Array(text.utf8.drop(while: isBlank))
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }
}
