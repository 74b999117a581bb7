import GateForge
import GatePolicy
import GateService

/// Sets up what gates need, step by step; each step looks first at what is there, so that it can be run again.
public struct Provisioning: Sendable {
    /// What is to be done, and what cannot be done yet.
    public struct Plan: Sendable {
        /// The changes, in the order in which they are made.
        public var changes: [ProvisioningChange] = []
        /// What waits for something else, in sentences.
        public var left: [String] = []
        /// What is there in the place of something that is not made, in sentences.
        public var stays: [String] = []
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// What was changed.
        public var done: [ProvisioningChange] = []
        /// What somebody else must do, and why.
        public var refused: [(change: ProvisioningChange, error: ForgeError)] = []
        /// Old tokens that stay, because something may still hold them.
        public var kept: [ProvisioningChange] = []
        /// What was planned, and waits for what could not be done.
        public var waiting: [ProvisioningChange] = []
        /// What has become possible and was not in the plan.
        public var unplanned: [ProvisioningChange] = []
    }

    let forge: ForgeClient
    var request: ProvisioningRequest
    let desk: ProvisioningDesk
    /// A client of the same forge with other tokens.
    let client: @Sendable (Token, Token?) throws -> ForgeClient
    /// A client of the same forge that asks everything with the administrator's credential.
    let standIn: @Sendable () throws -> ForgeClient
    let decider: @Sendable (ForgeClient) -> Decider

    /// Provisioning.
    public init(
        _ forge: ForgeClient, _ request: ProvisioningRequest, _ desk: ProvisioningDesk,
        client: @escaping @Sendable (Token, Token?) throws -> ForgeClient,
        standIn: @escaping @Sendable () throws -> ForgeClient,
        decider: @escaping @Sendable (ForgeClient) -> Decider
    ) {
        self.forge = forge
        self.request = request
        self.desk = desk
        self.client = client
        self.standIn = standIn
        self.decider = decider
    }

    /// The name of the team, and of tokens.
    static let name = "countersign"

    /// The forge's address.
    public var address: String { forge.settings.address.description }

    /// Whether anything was made with this folder.
    public var hasLedger: Bool { desk.read(request.ledgerFile) != nil }

    /// What was made so far.
    public func ledger() throws -> ProvisioningLedger {
        guard let text = desk.read(request.ledgerFile) else { return ProvisioningLedger() }
        guard let ledger = JSONText.read(ProvisioningLedger.self, text) else {
            throw ProvisioningError(
                description: "`\(request.ledgerFile)` cannot be read: it says what was made; mend it, or take it away")
        }
        if let organization = ledger.organization, organization.lowercased() != request.organization.lowercased() {
            throw ProvisioningError(
                description: "`\(request.ledgerFile)` is of `\(organization)`: give `\(request.organization)` another "
                    + "folder (`--folder`)")
        }
        return ledger
    }

    func note(_ change: (inout ProvisioningLedger) -> Void) throws {
        var ledger = try ledger()
        ledger.organization = request.organization
        change(&ledger)
        try desk.write(request.ledgerFile, JSONText.of(ledger) + "\n")
    }

    /// The token in a file; nil when there is none, or nothing in it.
    func stored(_ file: String) throws(ProvisioningError) -> Token? {
        guard let text = desk.read(file), !text.allSatisfy(\.isWhitespace) else { return nil }
        do throws(ForgeSettingsError) { return try Token(text) } catch {
            throw ProvisioningError(
                description:
                    "`\(file)`: \(error.problem): put the token there and nothing else, or take the file away, "
                    + "and one is made; nothing was made")
        }
    }
}

extension ForgeError {
    /// Whether the forge answered and said no.
    var isRefusal: Bool { [.refused, .badToken, .missingScope].contains(cause) }

    /// Whether it said that the thing is not there, or not shown.
    var isNotFound: Bool { if case .notFound = kind { true } else { false } }
}

extension OrganizationTeam {
    /// Whether it has a name, which no other team of the organisation has in whatever case.
    func isCalled(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }
}

extension ProvisioningRequest {
    /// Whether the forge takes a name for an Actions secret; some it keeps for itself.
    public static func canName(secret: String) -> Bool {
        let kept = ["GITEA_", "GITHUB_", "FORGEJO_"].contains { secret.uppercased().hasPrefix($0) }
        return !kept && secret.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil
    }

    /// The Actions secret that a token goes into.
    func secretName(_ credential: Credential) -> String? {
        actionsSecret.map { $0.uppercased() + (credential == .directory ? "_DIRECTORY" : "") }
    }

    /// The file that a token is stored in.
    func file(_ credential: Credential) -> String { credential == .directory ? directoryTokenFile : tokenFile }

    /// Whose token it is.
    func login(_ credential: Credential) -> String { credential == .directory ? directoryOwner : account }
}
