import GatePolicy

/// An access token: it can be sent, and nothing else; every way of printing it shows `<token>`.
public struct Token: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let secret: String

    /// A token from its text, without the white space around it; empty texts and ones with inner blanks are refused.
    public init(_ text: String) throws(ForgeSettingsError) {
        let bytes = text.utf8.drop(while: Self.isBlank)
        var kept = Substring(bytes)
        while let last = kept.utf8.last, Self.isBlank(last) { kept = kept.dropLast() }
        guard !kept.isEmpty else { throw .init(setting: "token", problem: "the token is empty") }
        guard kept.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw .init(
                setting: "token", problem: "the token contains a blank, a line break or a character outside ASCII")
        }
        secret = String(kept)
    }

    /// A secret of any kind, as it is.
    init(secret: String) throws(ForgeSettingsError) {
        guard !secret.isEmpty else { throw .init(setting: "password", problem: "the password is empty") }
        self.secret = secret
    }

    /// Never the secret.
    public var description: String { "<token>" }
    /// Never the secret.
    public var debugDescription: String { "<token>" }
    /// Shows no parts.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Its last eight characters, which the forge shows beside the names of tokens.
    public var ending: String { String(secret.suffix(8)) }

    /// Whether it is the same secret as a text.
    public func isSame(as text: String) -> Bool { secret.isExactly(text) }

    /// Writes the secret to where the settings will read it from; the one way out besides a call's header.
    public func reveal(to writer: (String) throws -> Void) rethrows { try writer(secret) }

    /// The text with every occurrence of the secret replaced.
    func redacted(in text: String) -> String {
        var rest = text[...]
        var result = ""
        while let range = rest.firstRange(of: secret) {
            result += rest[..<range.lowerBound]
            result += "<token>"
            rest = rest[range.upperBound...]
        }
        return result + rest
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
