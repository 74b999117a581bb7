import GateForge
import GatePolicy
import GateService

/// Reads everything that the checks look at, and changes nothing.
public struct Examiner: Sendable {
    /// What is to be looked at.
    public enum Target: Sendable, Hashable, CustomStringConvertible {
        /// A repository.
        case repository(RepositoryName)
        /// All repositories of an organisation.
        case organization(String)

        /// Its name.
        public var description: String {
            switch self {
            case .repository(let name): "\(name)"
            case .organization(let name): name
            }
        }
    }

    /// What the settings say of a token.
    public struct TokenSetting: Sendable {
        /// Where its text came from.
        public var origin: CredentialEvidence.Origin
        /// The variable of CI's own token that has the same text.
        public var sameAsVariable: String?

        /// Whether the other token has the same text.
        public var isTheOther = false

        /// Where it could have a file of its own, at which nothing is yet; nil where it has one, or none at all.
        public var ownFile: String?

        /// A token's setting.
        public init(origin: CredentialEvidence.Origin, sameAsVariable: String? = nil) {
            self.origin = origin
            self.sameAsVariable = sameAsVariable
        }
    }

    let forge: ForgeClient
    let decider: Decider
    let settings: [Credential: TokenSetting]
    let hookAddress: String?
    let now: @Sendable () -> Timestamp
    let service: ServiceDoor?
    let testsDeliveries: Bool
    /// The repositories that the service is to gate.
    let selection: RepositorySelection
    /// Repositories that are read side by side.
    let width: Int
    let progress: @Sendable (Int, Int, String) -> Void

    /// An examiner.
    /// - Parameters:
    ///   - service: the way to a service on this machine; nil where none is expected.
    ///   - selection: the repositories that the service is to gate, by its settings.
    ///   - testsDeliveries: whether the forge is asked for test deliveries of the webhooks that call the service.
    public init(
        _ forge: ForgeClient, _ decider: Decider, settings: [Credential: TokenSetting], hookAddress: String? = nil,
        width: Int = 8, now: @escaping @Sendable () -> Timestamp, service: ServiceDoor? = nil,
        testsDeliveries: Bool = true, selection: RepositorySelection = .all,
        progress: @escaping @Sendable (Int, Int, String) -> Void = { _, _, _ in }
    ) {
        self.forge = forge
        self.decider = decider
        self.settings = settings
        self.hookAddress = hookAddress
        self.width = width
        self.now = now
        self.service = service
        self.testsDeliveries = testsDeliveries
        self.selection = selection
        self.progress = progress
    }

    /// Whether an administrator lent a credential.
    var administrator: Credential? { forge.settings.administrator == nil ? nil : .administrator }

    /// Looks at everything of some targets; without one, at what the service account has a part in.
    public func examine(_ names: [Target]) async -> Examination {
        var seen: Set<String> = []
        let targets = names.filter { seen.insert($0.description.lowercased()).inserted }
        var examination = Examination(
            address: forge.settings.address.description, now: now(), greeting: await greeting())
        examination.targets = targets.map(\.description)
        examination.hookAddress = hookAddress
        examination.service = await service?.look()
        examination.hasAdministrator = administrator != nil
        if let administrator,
            case .failure(let error) = await outcome({ () throws(ForgeError) in
                try await forge.identity(administrator)
            }), error.cause == .badToken
        {
            examination.administratorRefusal = error
        }
        examination.credentials = await [Credential.service, .directory].asyncMap { await credential($0) }
        if examination.obstacle(to: .forge) != nil { return examination }
        do { examination.rowsPerPage = .success(try await forge.rowsPerPage()) } catch {
            examination.rowsPerPage = .failure(error)
        }
        let candidates = await candidates(targets, examination)
        examination.organizations = candidates.organizations.map { OrganizationEvidence($0) }
        examination.unlisted = candidates.unlisted
        examination.passedOver = candidates.passedOver
        // A token that lacks one scope may lack others: all of them are told at once.
        if case .scopes? = examination.obstacle(of: .service) {
        } else if examination.obstacle(to: .service) != nil {
            return examination
        }
        await probe(&examination, candidates.repositories.first?.name)
        guard examination.obstacle(to: .service) == nil else { return examination }
        await organizationPolicies(&examination, candidates.repositories)
        examination.repositories = await repositories(candidates.repositories, examination)
        await laws(&examination)
        await signers(&examination)
        await reviews(&examination)
        await heads(&examination)
        await organizations(&examination)
        await labels(&examination)
        await sight(&examination)
        let strangers = examination.strangers
        // Who may not sign in only a site administrator is told.
        let eyes = examination.administratorRefusal == nil ? administrator ?? .service : .service
        let people = await strangers.sideBySide(width) { login in
            let told = await outcome { () throws(ForgeError) in try await forge.account(login, eyes) }
            guard case .failure = told, eyes != .service else { return (told, eyes) }
            // Whoever was lent may lack the scope that the service's own token has.
            return (await outcome { () throws(ForgeError) in try await forge.account(login) }, Credential.service)
        }
        for (login, (told, asker)) in zip(strangers, people) {
            examination.people[login] = told
            examination.peopleAskers[login] = asker
        }
        await deliveries(&examination)
        return examination
    }

    /// Pull requests whose reviews are read, of all repositories together.
    private static let reviewedPulls = 10

    /// Reads who reviewed the pull requests that moved last.
    private func reviews(_ examination: inout Examination) async {
        let gated = examination.repositories.filter(\.isGatedSomewhere)
        let recent = gated.flatMap { (try? $0.pulls?.get()) ?? [] }
            .sorted { $0.moved > $1.moved }.prefix(Self.reviewedPulls)
        let reviews = await Array(recent).sideBySide(width) { pull in
            await outcome { () throws(ForgeError) in
                try await forge.reviews(pull.repository.name, pull.pullRequest.number)
            }
        }
        examination.reviews = Dictionary(
            zip(recent.map(\.reference), reviews), uniquingKeysWith: { $1 })
    }

    private func greeting() async -> Result<ServerGreeting, ForgeError> {
        var first: ForgeError?
        for credential in [.service, .directory, administrator].compactMap({ $0 }) {
            do { return .success(try await forge.greeting(credential)) } catch {
                if first == nil { first = error }
                guard error.isForgeSpeaking else { return .failure(error) }
            }
        }
        return .failure(
            first ?? ForgeError(.cancelled, ForgeCall(method: "GET", path: "/version", credential: .service)))
    }

    private func credential(_ credential: Credential) async -> CredentialEvidence {
        let setting = settings[credential] ?? TokenSetting(origin: .missing)
        var evidence = CredentialEvidence(credential, setting.origin)
        evidence.sameAsVariable = setting.sameAsVariable
        evidence.isTheOther = setting.isTheOther
        evidence.ownFile = setting.ownFile
        guard case .set = setting.origin else { return evidence }
        do {
            evidence.identity = .success(try await forge.identity(credential))
        } catch {
            evidence.identity = .failure(error)
            // The least-privilege directory token rightly may not say whose it is.
            if credential == .service, case .missingScope(let scopes, _) = error.kind {
                evidence.needed.append(
                    .init(scope: "read:user", call: "\(error.call.method) \(error.call.path)", probe: .missing(scopes)))
            }
        }
        return evidence
    }

    /// Asks what the tokens may do, by calls that nothing can come of.
    private func probe(_ examination: inout Examination, _ repository: RepositoryName?) async {
        guard let repository else { return }
        async let status = forge.probeStatus(repository)
        async let label = forge.probeLabel(repository)
        async let change = forge.probeTeamChange(.service)
        async let account = forge.probeAccountChange(.service)
        async let site = forge.probeAdministration(.service)
        async let package = forge.probePackage(repository.owner, .service)
        guard let service = examination.credentials.firstIndex(where: { $0.credential == .service }) else { return }
        examination.credentials[service].needed += [
            .init(scope: "write:repository", call: "POST /repos/{owner}/{repo}/statuses/0…0", probe: await status),
            .init(scope: "write:issue", call: "POST /repos/{owner}/{repo}/issues/0/labels", probe: await label),
        ]
        examination.credentials[service].excess += [
            .init(scope: "write:organization", call: "PATCH /teams/0", probe: await change),
            .init(scope: "write:user", call: "POST /user/emails", probe: await account),
            .init(scope: "read:admin", call: "GET /admin/users", probe: await site),
            .init(scope: "write:package", call: "DELETE /packages/{owner}/…/0/0", probe: await package),
        ]
        // A token that may not post may read all the same, and then the rest is looked at, too.
        if case .missing = await status {
            examination.credentials[service].needed.append(
                .init(
                    scope: "read:repository", call: "GET /repos/{owner}/{repo}",
                    probe: await forge.probeReading(repository, .service)))
        }
        guard let directory = examination.credentials.firstIndex(where: { $0.credential == .directory }),
            case .set = examination.credentials[directory].origin, examination.obstacle(of: .directory) == nil
        else { return }
        async let changes = forge.probeTeamChange(.directory)
        async let accounts = forge.probeAccountChange(.directory)
        async let reads = forge.probeReading(repository, .directory)
        async let administers = forge.probeAdministration(.directory)
        async let labels = forge.probeLabel(repository, .directory)
        async let packages = forge.probePackage(repository.owner, .directory)
        examination.credentials[directory].excess += [
            .init(scope: "write:organization", call: "PATCH /teams/0", probe: await changes),
            .init(scope: "write:user", call: "POST /user/emails", probe: await accounts),
            .init(scope: "read:repository", call: "GET /repos/{owner}/{repo}", probe: await reads),
            .init(scope: "read:admin", call: "GET /admin/users", probe: await administers),
            .init(scope: "write:issue", call: "POST /repos/{owner}/{repo}/issues/0/labels", probe: await labels),
            .init(scope: "write:package", call: "DELETE /packages/{owner}/…/0/0", probe: await packages),
            .init(scope: "read:user", call: "GET /user", probe: examination.credentials[directory].probeOfIdentity),
        ]
    }
}

extension PullRequestSnapshot {
    /// When it moved last.
    var moved: Timestamp { updatedAt ?? pullRequest.createdAt }
    /// `owner/repo#12`.
    var reference: String { "\(repository.name)#\(pullRequest.number)" }
}

extension Array where Element: Sendable {
    /// One after the other.
    func asyncMap<Value: Sendable>(_ body: (Element) async -> Value) async -> [Value] {
        var values: [Value] = []
        for element in self { values.append(await body(element)) }
        return values
    }
}
