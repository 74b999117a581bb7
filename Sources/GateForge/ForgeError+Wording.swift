import GatePolicy

extension ForgeError: CustomStringConvertible {
    /// What happened to which call, in one line.
    public var description: String { "\(reason) (\(call))" }

    /// What happened, in words for an administrator.
    public var reason: String {
        switch kind {
        case .unauthorized where tellsLostToken:
            "the forge answers as to nobody, although \(lent) was sent: something in front of it takes the header "
                + "`Authorization` away"
        case .unauthorized where call.credential == .administrator:
            "the forge does not accept what the administrator lent"
        case .unauthorized(let message): "the forge does not accept `\(call.credential)`: \(quoted(message))"
        case .forbidden(let message): "the forge refuses: \(quoted(message))"
        case .missingScope(let scopes, _): "`\(call.credential)` lacks the scope \(Self.list(scopes, or: "or"))"
        case .notFound(let message, let details):
            "the forge says that it is not there, or does not show it to `\(call.credential)`: "
                + quoted(details.first ?? message)
        case .methodNotAllowed(let message): "the forge does not allow it: \(quoted(message))"
        case .conflict(let message): "the forge reports a conflict: \(quoted(message))"
        case .rejected(let status, let message, let details):
            "the forge rejects the call with \(status): \(quoted(details.first ?? message))"
        case .serverError(let status, let message): "the forge failed with \(status): \(quoted(message))"
        case .rateLimited(.some(let seconds)): "the forge is limiting calls and wants a pause of \(seconds) s"
        case .rateLimited(.none): "the forge is limiting calls"
        case .timeout: "the forge did not answer in time"
        case .unreachable(let detail): "the forge cannot be reached: \(detail)"
        case .proxyUnreachable(let detail, let proxy):
            "the proxy `\(proxy)` (`forge.proxy`) cannot be reached, and so the forge was not asked: \(detail)"
        case .proxyPage(let status, let server):
            "not the forge but something in front of it answered" + (status.map { " with \($0)" } ?? "")
                + (server.isEmpty ? "" : " (it calls itself `\(server)`)")
        case .malformed(let detail): "the answer is not what the forge's API promises: \(detail)"
        case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
        case .overLimit(let name, let limit): "there are more than \(limit) \(name)"
        case .moving(let detail): "it changed while it was read: \(detail)"
        case .redirectRefused(let place): "the forge redirects to \(place), where the token must not go"
        case .redirectedAway(let place):
            "something in front of the forge redirects to \(place), as where people sign in"
        case .invalidInput(let detail): "it cannot be asked for: \(detail)"
        case .cancelled: "the call was given up"
        }
    }

    /// What an administrator can do about it.
    public var cure: String {
        switch kind {
        case .unauthorized where tellsLostToken:
            "let the proxy pass the header `Authorization` of calls to `/api/v1` on to the forge"
        case .unauthorized where call.credential == .administrator:
            "check the login and the password; with two-factor authentication give a code beside them "
                + "(`--administrator-code-file`); a token (`--administrator-token-file`) does everything but make tokens, and "
                + "how these are made by hand is told then"
        case .unauthorized: "make a new token, and put it into `\(call.credential)`"
        case .forbidden(let message) where message.contains("limited to public"):
            "make the token without `public-only`, and put it into `\(call.credential)`"
        case .forbidden(let message) where Self.tellsDeactivated(message):
            "let a site administrator activate the account of `\(call.credential)`"
        case .forbidden where call.method != "GET":
            "give the owner of `\(call.credential)` the right to write the repository's code"
        case .forbidden, .notFound, .methodNotAllowed:
            "check that the owner of `\(call.credential)` may see it, and that it exists"
        case .missingScope(let scopes, _):
            "make a token that has the scope \(Self.list(scopes, or: "or")), and put it into `\(call.credential)`"
        case .conflict, .moving, .cancelled: "nothing; it is tried again"
        case .rejected, .malformed, .invalidInput: "check the forge's version, and report this as a bug"
        case .serverError: "look into the forge's log; it is tried again"
        case .rateLimited, .timeout: "nothing; it is tried again; if it lasts, look at the forge's load"
        case .unreachable(let detail):
            ConnectionTrouble.all.first { $0.words == detail }?.cure
                ?? "check the forge's address, `forge.ca_file` and the network"
        case .proxyUnreachable(_, let proxy):
            "check that a proxy listens at `\(proxy)`, and correct `forge.proxy`, or take it out of the settings"
        case .proxyPage, .redirectedAway:
            "let the proxy pass calls to `/api/v1` of the forge, or correct the forge's address"
        case .tooLarge, .overLimit: "make it smaller, or raise the limit"
        case .redirectRefused(let place): "if \(place) is the forge, make it the forge's address"
        }
    }

    /// The kind of obstacle.
    public var cause: Unknown.Cause {
        switch kind {
        case .unauthorized: tellsLostToken ? .proxy : .badToken
        case .missingScope: .missingScope
        case .forbidden, .notFound, .methodNotAllowed, .conflict, .rejected, .redirectRefused, .invalidInput: .refused
        case .serverError, .rateLimited: .serverError
        case .timeout: .timeout
        case .unreachable, .proxyUnreachable, .cancelled: .unreachable
        case .proxyPage, .redirectedAway: .proxy
        case .malformed: .malformed
        case .tooLarge, .overLimit: .overLimit
        case .moving: .moving
        }
    }

    /// The same as an unknown fact.
    public func unknown(subject: String) -> Unknown {
        Unknown(cause: cause, subject: subject, reason: description, cure: cure)
    }

    /// Whether a refusal says that the account may not sign in.
    static func tellsDeactivated(_ message: String) -> Bool {
        message.contains("prohibited from signing in") || message.contains("account is not activated")
    }

    /// Whether the credential is not accepted, whatever is asked for: it is wrong, or its account may not sign in.
    public var refusesCredential: Bool {
        if case .unauthorized = kind { true } else { tellsDeactivatedAccount }
    }

    /// Whether the account may not sign in: deactivated, or prohibited by a site administrator.
    public var tellsDeactivatedAccount: Bool {
        if case .forbidden(let message) = kind { Self.tellsDeactivated(message) } else { false }
    }

    /// Whether a call came to the forge without its token, which every call is sent with.
    public var tellsLostToken: Bool {
        if case .unauthorized(let message) = kind { message == "token is required" } else { false }
    }

    /// Whether nothing is there of what every forge has: a 404, be it of another application or a page.
    public var tellsNoForge: Bool {
        switch kind {
        case .notFound, .proxyPage(status: 404, _): true
        default: false
        }
    }

    /// What it means where every forge has something, and what to do.
    public static let noForge = (
        reason: "404: there is no API of a forge below this address",
        cure:
            "check the forge's address, and the path that it lives under: `/api/v1/version` below it answers with the "
            + "forge's version"
    )

    private var lent: String {
        call.credential == .administrator ? "what the administrator lent" : "`\(call.credential)`"
    }

    static func list(_ words: [String], or conjunction: String) -> String {
        let quoted = words.map { "`\($0)`" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "it needs" }
        return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    private func quoted(_ message: String) -> String { message.isEmpty ? "it gives no reason" : "`\(message)`" }
}
