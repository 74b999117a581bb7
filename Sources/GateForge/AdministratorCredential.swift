#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What an administrator lends for one command; it can be sent, and nothing else.
public struct AdministratorCredential: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private enum Kind: Sendable {
        case token(Token)
        case password(login: String, Token, code: String?)
    }

    private let kind: Kind

    /// A token, which can do everything but make tokens.
    public init(token: Token) { kind = .token(token) }

    /// A login and its password, and with two-factor authentication a code: what making tokens takes.
    public init(login: String, password: String, code: String? = nil) throws(ForgeSettingsError) {
        guard !login.isEmpty, !login.contains(":") else {
            throw .init(setting: "administrator", problem: "expected a login, and `:` is in none")
        }
        kind = .password(login: login, try Token(secret: password), code: code)
    }

    /// The login; nil for a token.
    public var login: String? { if case .password(let login, _, _) = kind { login } else { nil } }

    /// Never the secret.
    public var description: String { "<administrator>" }
    /// Never the secret.
    public var debugDescription: String { "<administrator>" }
    /// Shows no parts.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// The header fields that prove it.
    var fields: [(name: String, value: String)] {
        switch kind {
        case .token(let token): return [("Authorization", "token \(token.secret)")]
        case .password(let login, let password, let code):
            return [("Authorization", "Basic \(Self.pair(login, password))")]
                + (code.map { [("X-Gitea-OTP", $0)] } ?? [])
        }
    }

    func redacted(in text: String) -> String {
        switch kind {
        case .token(let token): token.redacted(in: text)
        case .password(let login, let password, _):
            password.redacted(in: text.replacing(Self.pair(login, password), with: "<administrator>"))
        }
    }

    private static func pair(_ login: String, _ password: Token) -> String {
        Data("\(login):\(password.secret)".utf8).base64EncodedString()
    }
}
