/// Why a call brought no usable answer: what happened, and to which call.
public struct ForgeError: Error, Hashable, Sendable {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// 401: the token is wrong, deleted or missing.
        case unauthorized(message: String)
        /// 403 in the forge's own words.
        case forbidden(message: String)
        /// 403 because the token lacks one of these scopes.
        case missingScope([String], message: String)
        /// 404: not there, or not visible to this token; the details are the forge's.
        case notFound(message: String, details: [String])
        /// 405 in the forge's own words.
        case methodNotAllowed(message: String)
        /// 409.
        case conflict(message: String)
        /// Any other 4xx.
        case rejected(status: Int, message: String, details: [String])
        /// 5xx from the forge itself.
        case serverError(status: Int, message: String)
        /// 429, and the seconds after which to come back when it says so.
        case rateLimited(retryAfter: Int?)
        /// No whole answer within the deadline.
        case timeout
        /// The connection failed or broke.
        case unreachable(String)
        /// The connection to the proxy on the way failed; the forge was not asked.
        case proxyUnreachable(String, proxy: String)
        /// Something that is not the forge answered in its place, with this status if it could be told.
        case proxyPage(status: Int?, server: String)
        /// The answer is not what the API promises.
        case malformed(String)
        /// The answer has more bytes than allowed.
        case tooLarge(limit: Int)
        /// There is more of something than the limit of that name allows.
        case overLimit(String, limit: Int)
        /// The thing changed while it was read.
        case moving(String)
        /// A redirect to another address's API, where the token must not go.
        case redirectRefused(to: String)
        /// A redirect to a page that is no API: something in front of the forge asks people to sign in.
        case redirectedAway(to: String)
        /// The caller asked for something that cannot be put into a call.
        case invalidInput(String)
        /// The caller gave up.
        case cancelled
    }

    /// What happened.
    public let kind: Kind
    /// The call it happened to.
    public let call: ForgeCall

    /// An error.
    public init(_ kind: Kind, _ call: ForgeCall) {
        self.kind = kind
        self.call = call
    }

    /// Whether the same call may well succeed a little later.
    public var isTransient: Bool {
        switch kind {
        case .serverError, .rateLimited, .timeout, .unreachable, .proxyUnreachable, .moving, .cancelled: true
        case .proxyPage(let status, _): status.map { $0 >= 500 || $0 == 429 } ?? true
        case .unauthorized, .forbidden, .missingScope, .notFound, .methodNotAllowed, .conflict, .rejected, .malformed,
            .tooLarge, .overLimit, .redirectRefused, .redirectedAway, .invalidInput:
            false
        }
    }

    /// Whether the forge has shown that the thing is not there, which a 404 alone does not show.
    var provesAbsence: Bool {
        switch kind {
        case .notFound(let message, let details), .rejected(_, let message, let details):
            ([message] + details).contains(where: Self.namesMissingObject)
        default: false
        }
    }

    /// Whether the forge has shown that a path is not there, in a commit that is: a commit that is gone proves nothing.
    var provesMissingPath: Bool {
        guard case .notFound(let message, let details) = kind else { return false }
        return ([message] + details).contains(where: Self.namesMissingPath)
    }

    private static func namesMissingPath(_ text: String) -> Bool {
        guard let range = text.firstRange(of: "object does not exist [id: , rel_path: ") else { return false }
        return text[range.upperBound...].first.map { $0 != "]" } ?? false
    }

    private static func namesMissingObject(_ text: String) -> Bool {
        if namesMissingPath(text) { return true }
        return text.contains("branch does not exist [") || text.contains("sha not found [")
    }
}
