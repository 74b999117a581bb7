/// A call as errors name it: the method, the path's pattern and whose token was used; no ids, no query, no secret.
public struct ForgeCall: Hashable, Sendable, CustomStringConvertible {
    /// The method.
    public let method: String
    /// The pattern of the path below `/api/v1`, such as `/teams/{id}/members`.
    public let path: String
    /// The token.
    public let credential: Credential

    /// A call.
    public init(method: String, path: String, credential: Credential) {
        self.method = method
        self.path = path
        self.credential = credential
    }

    /// For example: `GET /teams/{id}/members`, with `forge.token`.
    public var description: String { "`\(method) \(path)` with `\(credential)`" }
}
