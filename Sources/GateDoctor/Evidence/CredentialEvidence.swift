import GateForge
import GatePolicy

/// What is known of a token.
public struct CredentialEvidence: Sendable {
    /// Where its text came from.
    public enum Origin: Sendable, Hashable {
        /// It is set: in this variable, or by this setting in the file that it names.
        case set(String, path: String? = nil)
        /// The variable is set and empty.
        case empty(variable: String)
        /// The file that this setting names holds no token.
        case without(setting: String, path: String, FileFault)
        /// It is not set at all.
        case missing

        var isSet: Bool { self != .missing }

        /// The file that a setting names for it.
        public var path: String? {
            switch self {
            case .set(_, let path): path
            case .without(_, let path, _): path
            case .empty, .missing: nil
            }
        }
    }

    /// Why there is no token in a file.
    public enum FileFault: Error, Sendable, Hashable {
        /// The file is not there.
        case missing
        /// It is empty.
        case empty
        /// What is in it cannot be one.
        case noToken(String)
    }

    /// What a call said about a scope.
    public struct ScopeEvidence: Sendable, Hashable {
        /// The scope.
        public var scope: String
        /// The call.
        public var call: String
        /// What it said.
        public var probe: ScopeProbe

        /// A call about a scope.
        public init(scope: String, call: String, probe: ScopeProbe) {
            self.scope = scope
            self.call = call
            self.probe = probe
        }

        /// Whether the token is refused what is private, whatever its scopes.
        var isOfPublicOnly: Bool {
            if case .missing(let scopes) = probe { scopes.contains(ScopeProbe.publicOnly) } else { false }
        }
    }

    /// Which of the two.
    public var credential: Credential
    /// Where its text came from.
    public var origin: Origin
    /// The variable of CI's own token that has the same text.
    public var sameAsVariable: String?
    /// Whether the other token has the same text.
    public var isTheOther = false
    /// Where it could have a file of its own, where its file is the other token's, too, by whatever names.
    public var ownFile: String?
    /// Whose it is.
    public var identity: Result<Account, ForgeError>?
    /// Scopes that it needs.
    public var needed: [ScopeEvidence] = []
    /// Scopes that it should not have.
    public var excess: [ScopeEvidence] = []

    /// A token.
    public init(_ credential: Credential, _ origin: Origin) {
        self.credential = credential
        self.origin = origin
    }

    /// The scopes that this token should have, and no others.
    public static func scopes(_ credential: Credential) -> [String] {
        credential == .directory ? ["read:organization"] : ["write:repository", "write:issue", "read:user"]
    }

    /// The setting's variable.
    var variable: String {
        credential == .directory ? "COUNTERSIGN_FORGE_DIRECTORY_TOKEN" : "COUNTERSIGN_FORGE_TOKEN"
    }

    /// Whether both come from variables, and have the same text: one secret may be behind both.
    func sharesVariable(with other: CredentialEvidence) -> Bool {
        guard case .set(_, nil) = origin, case .set(_, nil) = other.origin else { return false }
        return isTheOther && other.isTheOther
    }

    /// What asking whose it is said of the scope that this takes.
    var probeOfIdentity: ScopeProbe {
        switch identity {
        case .success: .granted
        case .failure(let error):
            if case .missingScope(let scopes, _) = error.kind { .missing(scopes) } else { .refused(error) }
        case nil: .missing([])
        }
    }

    var errors: [ForgeError] {
        var errors: [ForgeError] = []
        if case .failure(let error) = identity { errors.append(error) }
        for evidence in needed + excess { if case .refused(let error) = evidence.probe { errors.append(error) } }
        return errors
    }
}

/// Why a token cannot be used, the one cause among all that follows from it.
enum CredentialObstacle: Sendable, Hashable {
    case empty(variable: String)
    case without(setting: String, path: String, CredentialEvidence.FileFault)
    case missing
    case fallback(String)
    case lost(ForgeError)
    case rejected(ForgeError)
    case deactivated(ForgeError)
    case scopes([CredentialEvidence.ScopeEvidence])

    /// The checks that tell of such.
    static let checks: Set<String> = [
        TokenPresent.id, TokenIsNoFallback.id, TokenAccepted.id, TokenOwnerActive.id, TokenScopes.id,
    ]

    /// Whether it keeps a token from reading repositories, or teams: a scope that is missing may be one for other work.
    func hinders(_ reading: Reading) -> Bool {
        guard case .scopes(let missing) = self else { return true }
        return missing.contains { $0.isOfPublicOnly || !reading.doesWithout.contains($0.scope) }
    }

    /// What the doctor reads with a token.
    enum Reading: Sendable {
        case repositories
        case teams

        /// Scopes that it takes nothing of.
        fileprivate var doesWithout: Set<String> {
            switch self {
            case .repositories: ["write:repository", "write:issue", "read:organization"]
            case .teams: ["write:repository", "write:issue", "read:repository"]
            }
        }
    }

    /// The check that tells of it.
    var check: String {
        switch self {
        case .empty, .without, .missing: TokenPresent.id
        case .fallback: TokenIsNoFallback.id
        case .lost: NoProxyPage.id
        case .rejected: TokenAccepted.id
        case .deactivated: TokenOwnerActive.id
        case .scopes: TokenScopes.id
        }
    }
}

extension Examination {
    /// The account that a forge's Actions post as.
    private static let actionsLogins = ["gitea-actions", "forgejo-actions"]

    /// Why a token cannot be used; nil when it can, as far as is known.
    func obstacle(of credential: Credential) -> CredentialObstacle? {
        guard let evidence = self.credential(credential) else { return nil }
        switch evidence.origin {
        case .empty(let variable): return .empty(variable: variable)
        case .without(let setting, let path, let fault): return .without(setting: setting, path: path, fault)
        case .missing: return credential == .service ? .missing : nil
        case .set: break
        }
        if let variable = evidence.sameAsVariable { return .fallback(variable) }
        if case .success(let account) = evidence.identity,
            Self.actionsLogins.contains(account.login.lowercased()) || !account.isReal
        {
            return .fallback("the forge's Actions")
        }
        let errors = evidence.errors + lists(by: credential)
        if let error = errors.first(where: \.tellsDeactivatedAccount) { return .deactivated(error) }
        if let error = errors.first(where: \.tellsLostToken) { return .lost(error) }
        if let error = errors.first(where: { $0.cause == .badToken }) { return .rejected(error) }
        var missing = evidence.needed.filter { if case .missing = $0.probe { true } else { false } }
        for organization in organizations {
            guard case .failure(let error) = organization.teams[credential], directoryReader == credential,
                let scopes = error.lackedScopes, credential == .directory || !organization.mentioned.isEmpty
            else { continue }
            missing.append(
                .init(
                    scope: scopes.joined(separator: ", "), call: "\(error.call.method) \(error.call.path)",
                    probe: .missing(scopes)))
        }
        return missing.isEmpty ? nil : .scopes(missing)
    }

    /// Whether an answer has shown that the forge knows a token: whose it is, or which scope it lacks.
    func isProvenKnown(_ credential: Credential) -> Bool {
        guard let evidence = self.credential(credential) else { return false }
        if case .success = evidence.identity { return true }
        if (evidence.needed + evidence.excess).contains(where: { if case .missing = $0.probe { true } else { false } })
        {
            return true
        }
        if organizations.contains(where: { if case .success = $0.teams[credential] { true } else { false } }) {
            return true
        }
        return (evidence.errors + lists(by: credential)).contains { error in
            if case .missingScope = error.kind { true } else { error.tellsDeactivatedAccount }
        }
    }

    private func lists(by credential: Credential) -> [ForgeError] {
        organizations.compactMap { organization in
            if case .failure(let error) = organization.teams[credential] { error } else { nil }
        }
    }
}

extension ForgeError {
    /// What a call lacked, by the forge's word.
    fileprivate var lackedScopes: [String]? {
        switch kind {
        case .missingScope(let scopes, _): scopes
        case .forbidden(let message) where message.contains("limited to public"): [ScopeProbe.publicOnly]
        default: nil
        }
    }

    /// Whether it was the forge that would not tell its version, and not something in front of it, or nothing at all.
    var isForgeSpeaking: Bool {
        switch cause {
        case .proxy, .timeout, .unreachable, .malformed, .overLimit: false
        default: if case .redirectRefused = kind { false } else { !tellsNoForge }
        }
    }
}
