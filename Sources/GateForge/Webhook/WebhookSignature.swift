#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The signatures of one delivery, as its header fields state them.
public struct WebhookSignature: Sendable {
    /// The header fields that may carry the signature; Gitea and Forgejo send several of them.
    public static let fields = ["X-Gitea-Signature", "X-Forgejo-Signature", "X-Hub-Signature-256"]

    /// Why a delivery is not believed.
    public enum Fault: Error, Hashable, Sendable {
        /// There is no signature, or an empty one: the webhook has no secret on the forge's side.
        case missing
        /// A signature is not 64 hexadecimal digits.
        case malformed
        /// No secret of ours signs these bytes so.
        case wrong
    }

    private let codes: [[UInt8]]

    /// Reads the signatures.
    /// - Parameter values: the values of a header field, by its name.
    public init(_ values: (String) -> [String]) throws(Fault) {
        var codes: [[UInt8]] = []
        for field in Self.fields {
            for value in values(field) {
                var digits = Substring(value)
                if field == "X-Hub-Signature-256" {
                    if value.isEmpty { throw .missing }
                    guard digits.hasPrefix("sha256=") else { throw .malformed }
                    digits = digits.dropFirst("sha256=".count)
                }
                guard !digits.isEmpty else { throw .missing }
                guard let code = Self.bytes(ofHex: digits) else { throw .malformed }
                codes.append(code)
            }
        }
        guard !codes.isEmpty else { throw .missing }
        // Three fields are sent once each: more of them is somebody's attempt at making us work.
        guard codes.count <= Self.fields.count else { throw .malformed }
        self.codes = codes
    }

    /// Checks every signature that was given, over the raw bytes.
    public func check(_ body: some DataProtocol, _ secrets: WebhookSecrets) throws(Fault) {
        for code in Set(codes) where !secrets.sign(body, with: code) { throw .wrong }
    }

    /// The bytes of 64 hexadecimal digits of either case; nil for anything else.
    static func bytes(ofHex text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
