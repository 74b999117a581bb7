import GateForge

/// What was made, so that it can be taken back; written before each step, and free of secrets.
public struct ProvisioningLedger: Codable, Sendable, Equatable {
    /// A rule of protection as it was.
    public struct Rule: Codable, Sendable, Hashable {
        /// The repository.
        public var repository: String
        /// The rule.
        public var name: String
        /// Whether there was one.
        public var existed: Bool
        /// Whether it asked for statuses.
        public var askedForStatuses: Bool
        /// What it asked for.
        public var contexts: [String]
    }

    /// A token.
    public struct Named: Codable, Sendable, Hashable {
        /// Whose.
        public var login: String
        /// Its name.
        public var name: String
    }

    /// A policy that was offered as a pull request.
    public struct Offer: Codable, Sendable, Hashable {
        /// The repository.
        public var repository: String
        /// The pull request; nil where it is not known whether it was made.
        public var number: Int64?
    }

    /// An Actions secret of a repository.
    public struct Secret: Codable, Sendable, Hashable {
        /// The repository.
        public var repository: String
        /// Its name.
        public var name: String
    }

    /// A member of a team.
    public struct Membership: Codable, Sendable, Hashable {
        /// Who.
        public var login: String
        /// The team's name.
        public var team: String
    }

    /// Whose organisation it was made for; a folder is for one.
    public var organization: String?
    /// The account, if it was made.
    public var account: String?
    /// The team's name, if it was made.
    public var team: String?
    /// Who was put into a team that was there before.
    public var joined: [Membership]?
    /// The tokens.
    public var tokens: [Named] = []
    /// Tokens in whose place new ones are stored, and that are still to be taken away.
    public var stale: [Named]?
    /// Where the webhooks that were made call.
    public var hookURL: String?
    /// Where they hang; nil for the organisation alone.
    public var hookPlaces: [Webhook.Place]?
    /// Whether a fresh secret of the webhook may be in its file and not at the forge.
    public var isRenewingHook: Bool?
    /// The organisation's Actions secrets.
    public var secrets: [String] = []
    /// The Actions secrets of repositories.
    public var repositorySecrets: [Secret]?
    /// The policies that were offered.
    public var offers: [Offer]?
    /// The rules, as they were.
    public var rules: [Rule] = []

    /// Nothing yet.
    public init() {}
}
