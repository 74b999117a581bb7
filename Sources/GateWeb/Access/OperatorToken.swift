#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The token that opens every page: as a bearer's, or as the password of basic authentication, with any user name.
public struct OperatorToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Bytes that it has at least.
    public static let minimumBytes = 24

    private let secret: String

    /// A token from its text; nil for one that is too short or has blanks in it.
    public init?(_ text: String) {
        guard text.utf8.count >= Self.minimumBytes, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        secret = text
    }

    /// Whether an `Authorization` field carries it.
    func isCarried(by field: String) -> Bool {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return false }
        switch parts[0].lowercased() {
        case "bearer": return ConstantTime.equal(secret, String(parts[1]))
        case "basic":
            guard let data = Data(base64Encoded: String(parts[1])), let text = String(bytes: data, encoding: .utf8),
                let colon = text.firstIndex(of: ":")
            else { return false }
            return ConstantTime.equal(secret, String(text[text.index(after: colon)...]))
        default: return false
        }
    }

    /// Never the token.
    public var description: String { "<token>" }
    /// Never the token.
    public var debugDescription: String { "<token>" }
    /// Shows no parts.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
