/// Why something could not be known, and what to do about it: a value of its own, never a yes or a no.
public struct Unknown: Hashable, Sendable, Codable {
    /// What kind of obstacle it is; doctors and metrics group by it.
    public enum Cause: String, Hashable, Sendable, Codable, CaseIterable {
        /// The token's owner is in the organisation, not in the team (403).
        case notInTeam = "not-in-team"
        /// The token's owner is outside the organisation (404 for everything).
        case outsideOrganization = "outside-organization"
        /// The token lacks a scope (403).
        case missingScope = "missing-scope"
        /// The token is wrong, deleted, or its owner may not sign in (401).
        case badToken = "bad-token"
        /// The forge refuses for another reason (403, 404).
        case refused
        /// Something between us and the forge answered in its place.
        case proxy
        /// No answer in time.
        case timeout
        /// The connection failed.
        case unreachable
        /// The forge failed (5xx) or was overloaded (429).
        case serverError = "server-error"
        /// The answer was not what the forge's API promises.
        case malformed
        /// More than the limit of that name allows.
        case overLimit = "over-limit"
        /// The pull request changed while it was read.
        case moving
        /// A name in the policy names nobody any more.
        case nameGone = "name-gone"
        /// The matcher ran out of its budget.
        case matcherGaveUp = "matcher-gave-up"
        /// The forge does not say.
        case notTold = "not-told"
        /// Not read yet: the needs of an evaluation name it.
        case notRead = "not-read"
    }

    /// The kind of obstacle.
    public var cause: Cause
    /// What is not known: "who is in team `qa` of `acme`".
    public var subject: String
    /// Why: "the token belongs to `bot-member`, who is not in that team".
    public var reason: String
    /// What to do: "add `bot-member` to the team, or …".
    public var cure: String

    /// An unknown.
    public init(cause: Cause, subject: String, reason: String, cure: String) {
        self.cause = cause
        self.subject = subject
        self.reason = reason
        self.cure = cure
    }
}
