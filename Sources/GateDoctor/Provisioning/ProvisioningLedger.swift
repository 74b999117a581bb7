import GateForge
import GatePolicy

/// What was made, so that it can be taken back; written before each step.
///
/// No secret is in it; of tokens that Actions secrets hold it knows the last eight characters, which the forge shows.
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
        /// What it was made to ask for besides.
        public var required: [String]
        /// The rule whose other fields it was given, if it was made like one.
        public var copied: ProtectionRule?
        /// Whether administrators are held to it; nil where the server does not have the switch.
        public var bindsAdministrators: Bool?
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

    /// An Actions secret that holds a token.
    public struct Secret: Codable, Sendable, Hashable {
        /// Where it is.
        public var place: Webhook.Place
        /// Its name.
        public var name: String
        /// Whether it holds `forge.directory_token` instead of `forge.token`.
        public var isDirectory: Bool
        /// Whether there was one of that name before, whose text nobody can give back.
        public var existed: Bool
        /// The last eight characters of the token that it holds; nil where it is not known whether it was set.
        public var ending: String?
    }

    /// A webhook.
    public struct Hook: Codable, Sendable, Hashable {
        /// Where it hangs.
        public var place: Webhook.Place
        /// Where it calls.
        public var url: String
        /// Those that were there before; nil where that was not noted.
        public var was: [State]?

        /// What the forge shows of a webhook, without what is secret.
        public struct State: Codable, Sendable, Hashable {
            /// Its id.
            public var id: Int64
            /// Whether it told anything.
            public var isActive: Bool
            /// Whether it called with JSON.
            public var isJSON: Bool
            /// The branches it was for; empty for all.
            public var branchFilter: String
            /// The events it told.
            public var events: [String]
            /// Whether it showed something in front of the service an `Authorization`.
            public var hasAuthorization: Bool

            init(_ hook: Webhook) {
                (id, isActive, isJSON) = (hook.id, hook.isActive, hook.isJSON)
                (branchFilter, events) = (hook.branchFilter, hook.events)
                hasAuthorization = hook.authorization != nil
            }

            /// A webhook of that state, with what only the forge knows taken from another one.
            func webhook(like hook: Webhook) -> Webhook {
                var old = hook
                (old.isActive, old.isJSON, old.branchFilter, old.events) = (isActive, isJSON, branchFilter, events)
                if !hasAuthorization { old.authorization = nil }
                return old
            }

            /// It in words, for a list.
            public var text: String {
                "\(isActive ? "switched on" : "switched off"), \(isJSON ? "JSON" : "form"), "
                    + (branchFilter.isEmpty ? "all branches" : "branches `\(branchFilter)`")
                    + ", tells of " + events.map { "`\($0)`" }.joined(separator: ", ")
            }
        }
    }

    /// A repository that a team of somebody else's was given.
    public struct Grant: Codable, Sendable, Hashable {
        /// The team's name.
        public var team: String
        /// The repository.
        public var repository: String
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
    /// Which repositories a team that was there before was given.
    public var grants: [Grant]?
    /// The tokens.
    public var tokens: [Named] = []
    /// Tokens that a rotation makes, and that are not known to be stored yet.
    public var replacing: [Named]?
    /// The names of files in the folder that were not there before.
    public var files: [String]?
    /// The webhooks that were made.
    public var hooks: [Hook]?
    /// The webhooks in whose place others came; what they signed with nobody can give back.
    public var renewedHooks: [Hook]?
    /// Whether a fresh secret of the webhook may be in its file and not at the forge.
    public var isRenewingHook: Bool?
    /// The Actions secrets.
    public var actionsSecrets: [Secret]?
    /// The policies that were offered.
    public var offers: [Offer]?
    /// The rules, as they were.
    public var rules: [Rule] = []

    /// Nothing yet.
    public init() {}

    /// Notes a file that is about to be written.
    mutating func note(file: String) {
        let name = Self.name(of: file)
        files = (files ?? []).filter { $0 != name } + [name]
    }

    /// Whether a file was not there before.
    func has(file: String) -> Bool { files?.contains(Self.name(of: file)) == true }

    private static func name(of file: String) -> String { file.split(separator: "/").last.map(String.init) ?? file }

    /// Where the webhooks to an address hang that were made.
    func madeHooks(to url: String) -> [Webhook.Place] {
        (hooks ?? []).filter { $0.url == url }.map(\.place)
    }

    /// Notes an Actions secret, and what it holds.
    mutating func note(secret: Secret) {
        var all = actionsSecrets ?? []
        if let index = all.firstIndex(where: { $0.place == secret.place && $0.name == secret.name }) {
            all[index].ending = secret.ending
        } else {
            all.append(secret)
        }
        actionsSecrets = all
    }
}
