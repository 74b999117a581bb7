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
    /// Whether the organisation's webhook was made.
    public var hookURL: String?
    /// Whether a fresh secret of the webhook may be in its file and not at the forge.
    public var isRenewingHook: Bool?
    /// The Actions secrets.
    public var secrets: [String] = []
    /// The repositories that were offered a policy.
    public var offers: [String]?
    /// The rules, as they were.
    public var rules: [Rule] = []

    /// Nothing yet.
    public init() {}
}
