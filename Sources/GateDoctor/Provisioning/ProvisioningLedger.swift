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

    /// The account, if it was made.
    public var account: String?
    /// The team's name, if it was made.
    public var team: String?
    /// The tokens.
    public var tokens: [Named] = []
    /// Whether the organisation's webhook was made.
    public var hookURL: String?
    /// The Actions secrets.
    public var secrets: [String] = []
    /// The rules, as they were.
    public var rules: [Rule] = []

    /// Nothing yet.
    public init() {}
}
