/// Everything that the client needs to know: where the forge is, who asks, and how patient it is.
public struct ForgeSettings: Sendable {
    /// The forge's address.
    public var address: BaseAddress
    /// `forge.token`.
    public var token: Token
    /// `forge.directory_token`; without it `forge.token` is asked about teams.
    public var directoryToken: Token?
    /// What an administrator lends; only `doctor` and `provision` ever have it.
    public var administrator: AdministratorCredential?
    /// Whether everything is asked with that one: a plan is made before there are tokens.
    public var administratorStandsIn = false
    /// A file of certificates (PEM) to trust besides the system's; there is no way to trust everything.
    public var caFile: String?
    /// The proxy on the way.
    public var proxy: ProxyAddress?
    /// What the client calls itself.
    public var userAgent: String
    /// The time for one try, from the connection to the last byte.
    public var deadline: Duration
    /// The time for making a connection.
    public var connectDeadline: Duration
    /// The limits.
    public var limits: ForgeLimits
    /// The repetitions.
    public var retry: RetryPolicy
    /// Told of every try: the call, what went wrong, and how long it took.
    public var onCall: (@Sendable (ForgeCall, ForgeError.Kind?, Duration) -> Void)?

    /// Settings; the version becomes `countersign/<version>`.
    public init(
        address: String, token: Token, directoryToken: Token? = nil, caFile: String? = nil, proxy: String? = nil,
        version: String = "dev", deadline: Duration = .seconds(20), connectDeadline: Duration = .seconds(5),
        limits: ForgeLimits = ForgeLimits(), retry: RetryPolicy = RetryPolicy()
    ) throws(ForgeSettingsError) {
        self.address = try BaseAddress(address)
        self.token = token
        self.directoryToken = directoryToken
        self.caFile = caFile
        if let proxy { self.proxy = try ProxyAddress(proxy) } else { self.proxy = nil }
        self.userAgent = "countersign/\(version)"
        self.deadline = deadline
        self.connectDeadline = connectDeadline
        self.limits = limits
        self.retry = retry
    }

    /// The credential that is really used where the directory one is wanted.
    var directoryCredential: Credential {
        if administratorStandsIn { return .administrator }
        return directoryToken == nil ? .service : .directory
    }

    /// The header fields that say who asks.
    func authorization(_ credential: Credential) -> [(name: String, value: String)] {
        switch administratorStandsIn ? .administrator : credential {
        case .service: [("Authorization", "token \(token.secret)")]
        case .directory: [("Authorization", "token \((directoryToken ?? token).secret)")]
        case .administrator: administrator?.fields ?? []
        }
    }

    /// Whether these ask the same forge, with the same tokens and by the same way, and so are shown the same.
    public func asks(like other: ForgeSettings) -> Bool {
        address == other.address && token == other.token && directoryToken == other.directoryToken
            && caFile == other.caFile && proxy == other.proxy && limits == other.limits
    }

    /// The text without any secret of these settings.
    func redacted(_ text: String) -> String {
        var result = token.redacted(in: text)
        if let directoryToken { result = directoryToken.redacted(in: result) }
        if let administrator { result = administrator.redacted(in: result) }
        if let password = proxy?.password, !password.isEmpty { result = result.replacing(password, with: "<password>") }
        return result
    }
}
