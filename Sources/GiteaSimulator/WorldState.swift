/// Everything the simulated server knows: a plain value without a clock, a network or concurrency of its own.
struct WorldState: Sendable {
    var version: ServerVersion
    /// Where people reach the server, without a final slash; links in answers begin with it.
    var address = "http://127.0.0.1:3300"
    /// Seconds since 1970; set before every call.
    var now = 0

    var accounts: [Int: Account] = [:]
    var tokens: [AccessToken] = []
    var teams: [Int: Team] = [:]
    var repositories: [Int: Repository] = [:]
    /// Old names (lower case, `owner/name`) of repositories that were renamed.
    var redirects: [String: Int] = [:]
    var git = GitStore()
    /// By the repositories of base and head.
    var pulls = Table<PullRequest> {
        $0.repository == $0.headRepository ? [$0.repository] : [$0.repository, $0.headRepository]
    }
    /// By pull request.
    var reviews = Table<Review> { [$0.pull] }
    /// By pull request.
    var rows = Table<TimelineRow> { [$0.pull] }
    var hooks: [Int: Hook] = [:]
    var secrets: [Int: [String: ActionsSecret]] = [:]

    var lastIDs: [Kind: Int] = [:]
    var pendingPushes: [Push] = []
    /// Whether pushes wait until `processPushes` instead of being worked off at once.
    var defersPushes = false
    var outbox: [PendingDelivery] = []
    var deliverySerial = 0

    enum Kind: Sendable, Hashable {
        case account, token, team, repository, label, pull, review, row, hook
    }

    /// A branch that moved, before the server has drawn its conclusions.
    struct Push: Sendable {
        var repository: Int
        var branch: String
        var before: String?
        var after: String?
        var doer: Int
        /// The newest pull request there was at that moment.
        var lastPull: Int
    }

    mutating func nextID(_ kind: Kind) -> Int {
        lastIDs[kind, default: 0] += 1
        return lastIDs[kind, default: 0]
    }

    // MARK: Looking things up

    func account(named login: String) -> Account? {
        let wanted = login.lowercased()
        return accounts.values.first { $0.login.lowercased() == wanted }
    }

    func person(named login: String) -> Account? {
        account(named: login).flatMap { $0.isOrganization ? nil : $0 }
    }

    func organization(named login: String) -> Account? {
        account(named: login).flatMap { $0.isOrganization ? $0 : nil }
    }

    func repository(_ owner: String, _ name: String) -> Repository? {
        guard let account = account(named: owner) else { return nil }
        let wanted = name.lowercased()
        return repositories.values.first { $0.owner == account.id && $0.name.lowercased() == wanted }
    }

    func fullName(_ repository: Repository) -> String {
        "\(accounts[repository.owner]?.login ?? "Ghost")/\(repository.name)"
    }

    func pull(_ number: Int, in repository: Int) -> PullRequest? {
        pulls.rows(of: repository).first { $0.repository == repository && $0.number == number }
    }

    func pulls(of repository: Int) -> [PullRequest] {
        pulls.rows(of: repository).filter { $0.repository == repository }
    }

    func reviews(of pull: Int) -> [Review] { reviews.rows(of: pull) }
    func rows(of pull: Int) -> [TimelineRow] { rows.rows(of: pull) }

    func teams(of organization: Int) -> [Team] {
        teams.values.filter { $0.organization == organization }
            .sorted { $0.name.lowercased() < $1.name.lowercased() }
    }

    /// The commit that a branch, a full or a short id names in a repository.
    func resolve(_ ref: String, in repository: Repository) -> String? {
        let name = ref.hasPrefix("refs/heads/") ? String(ref.dropFirst(11)) : ref
        if let sha = repository.branches[name] { return sha }
        if let sha = repository.tags[ref] { return sha }
        let lower = ref.lowercased()
        guard lower.count >= 4, lower.allSatisfy(\.isHexDigit) else { return nil }
        if repository.known.contains(lower) { return lower }
        let matches = repository.known.filter { $0.hasPrefix(lower) }
        return matches.count == 1 ? matches.first : nil
    }
}

/// A server's version, as far as the simulator behaves by it.
public struct ServerVersion: Sendable, Comparable {
    /// What `GET /version` says.
    public var text: String
    /// Minor, patch, and whether it is a build before the release.
    var minor: Int
    var patch: Int
    var isBeforeRelease: Bool

    /// Whether it is a Forgejo, which names the Gitea it descends from.
    var isForgejo: Bool { text.contains("+gitea-") }

    /// A version by its text, such as `1.22.0`, `1.22.0+dev` or Forgejo's `7.0.4+gitea-1.22.0`.
    public init(_ text: String) {
        self.text = text
        let gitea = text.split(separator: "+gitea-", maxSplits: 1).last ?? ""
        let parts = gitea.split(separator: ".")
        minor = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        patch = parts.count > 2 ? Int(parts[2].prefix(while: \.isNumber)) ?? 0 : 0
        isBeforeRelease = ["+dev", "-dev", "-rc", "+rc"].contains { text.contains($0) }
    }

    /// The server of the recordings: between 1.21.0 and 1.22.0.
    public static let recorded = ServerVersion("1.22.0+dev")

    /// Whether one version is older.
    public static func < (one: ServerVersion, other: ServerVersion) -> Bool {
        (one.minor, one.patch, one.isBeforeRelease ? 0 : 1) < (other.minor, other.patch, other.isBeforeRelease ? 0 : 1)
    }

    /// Whether webhooks of the whole site are shown to its administrators.
    var showsSiteHooks: Bool { self >= ServerVersion("1.19.0") }
    /// Whether a required context that nobody posted counts as pending.
    var absentContextIsPending: Bool { self >= ServerVersion("1.22.0") }
    /// Whether a renamed file says what it was called.
    var tellsOldNames: Bool { self >= ServerVersion("1.22.3") }
    /// Whether reviews of deleted accounts stand under `Ghost`, or under nobody.
    var showsGhosts: Bool { self < ServerVersion("1.23.0") }
    /// Whether a rule of protection can bind administrators.
    var bindsAdministrators: Bool { self >= ServerVersion("1.23.0") }
    /// Whether rules of protection have an order of their own.
    var ordersRules: Bool { self >= ServerVersion("1.23.0") }
    /// Whether statuses are told by webhook.
    var tellsStatuses: Bool { self >= ServerVersion("1.23.0") }
}
