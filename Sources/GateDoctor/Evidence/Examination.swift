import GateForge
import GatePolicy

/// Everything that was read, before anything is concluded from it.
public struct Examination: Sendable {
    /// The forge's address.
    public var address: String
    /// How the commands of its cures are run.
    public var invocation = Invocation()
    /// The time by our clock.
    public var now: Timestamp
    /// What the forge says of itself.
    public var greeting: Result<ServerGreeting, ForgeError>
    /// Rows of a page.
    public var rowsPerPage: Result<Int, ForgeError>?
    /// The two tokens.
    public var credentials: [CredentialEvidence] = []
    /// Whether an administrator lent a credential.
    public var hasAdministrator = false
    /// Why the forge does not take that credential; nil where it does, or nobody asked.
    public var administratorRefusal: ForgeError?
    /// The organisations of the repositories.
    public var organizations: [OrganizationEvidence] = []
    /// The webhooks of the whole site; nil where nobody was asked who is shown them.
    public var siteHooks: Result<[Webhook], ForgeError>?
    /// Why there may be more repositories than those that were listed.
    public var unlisted: [String] = []
    /// How many repositories are left out, and why.
    public var passedOver: [String] = []
    /// The repositories.
    public var repositories: [RepositoryEvidence] = []
    /// The branches that policies of others are read from.
    public var laws: [LawEvidence] = []
    /// How many more there are than were looked at.
    public var unseenLaws = 0
    /// Who the people are that policies name and no team's list showed, by login in lower case; nil for nobody.
    public var people: [String: Result<Account?, ForgeError>] = [:]
    /// Who was told that, where it is not the service account.
    public var peopleAskers: [String: Credential] = [:]
    /// The reviews of the pull requests that moved last, of all repositories together, by `owner/repo#12`.
    public var reviews: [String: Result<[Review], ForgeError>] = [:]
    /// The newest status of each context on the heads of open pull requests that moved last, of all repositories
    /// together, by `owner/repo#12`; those that `repositories` have are not in it.
    public var heads: [String: Result<[CommitStatus], ForgeError>] = [:]
    /// What was asked to be looked at: repositories and organisations; none for all.
    public var targets: [String] = []
    /// Where webhooks should come in; nil where no service runs.
    public var hookAddress: String?
    /// What a service on this machine says; nil where none is expected.
    public var service: ServiceAnswer?
    /// What became of test deliveries, by hook id.
    public var deliveries: [Int64: DeliveryEvidence] = [:]
    /// Why a webhook was not tested, by hook id.
    public var untested: [Int64: String] = [:]

    /// The beginning of an examination.
    public init(address: String, now: Timestamp, greeting: Result<ServerGreeting, ForgeError>) {
        self.address = address
        self.now = now
        self.greeting = greeting
    }

    /// Which token is asked about teams.
    public var directoryReader: Credential {
        credential(.directory)?.origin.isSet == false ? .service : .directory
    }

    func credential(_ credential: Credential) -> CredentialEvidence? {
        credentials.first { $0.credential == credential }
    }

    func organization(_ name: String) -> OrganizationEvidence? {
        organizations.first { $0.name.lowercased() == name.lowercased() }
    }

    /// The login of the service account, where it is known.
    var serviceLogin: String? { serviceAccount?.login }
    var serviceAccount: Account? { try? credential(.service)?.identity?.get() }

    /// What would show what only administrators are shown.
    var administratorWanted: String {
        if let refusal = administratorRefusal { return "\(refusal.reason): \(refusal.cure)" }
        return hasAdministrator ? "whoever lent a credential is none of them" : "lend one's token"
    }

    /// Every call that failed.
    var errors: [ForgeError] {
        var errors: [ForgeError] = []
        func note<Value>(_ result: Result<Value, ForgeError>?) {
            if case .failure(let error) = result { errors.append(error) }
        }
        note(greeting)
        note(rowsPerPage)
        for credential in credentials { errors += credential.errors }
        for organization in organizations { errors += organization.errors }
        note(siteHooks)
        for repository in repositories { errors += repository.errors }
        let looked = repositories.map(\.name)
        for law in laws where !looked.contains(where: { $0.isSame(as: law.branch.name) }) {
            errors += law.branch.errors
        }
        for (_, person) in people.sorted(by: { $0.key < $1.key }) { note(person) }
        for (_, reviews) in reviews.sorted(by: { $0.key < $1.key }) { note(reviews) }
        for (_, statuses) in heads.sorted(by: { $0.key < $1.key }) { note(statuses) }
        return errors
    }

    /// The gates that ask about a team, by repository.
    func gates(of organization: String, where isNamed: (TeamReference) -> Bool) -> [Blocked] {
        repositories.compactMap { repository in
            guard let policy = repository.validPolicy else { return nil }
            func isAsked(_ teams: [TeamReference]) -> Bool {
                teams.contains { $0.organization == organization.lowercased() && isNamed($0) }
            }
            let gates =
                policy.gates.filter { isAsked(repository.teams(of: $0)) }.map(\.name)
                + (isAsked(repository.teamsOfChanges) ? policy.asAskedOfChanges.gates.map(\.name) : [])
            return gates.isEmpty ? nil : Blocked(repository.name.description, gates)
        }
    }

    /// The gates that ask about any team.
    var gatesWithTeams: [Blocked] {
        repositories.compactMap { repository in
            guard let policy = repository.validPolicy else { return nil }
            let gates =
                policy.gates.filter { !repository.teams(of: $0).isEmpty }.map(\.name)
                + (repository.teamsOfChanges.isEmpty ? [] : policy.asAskedOfChanges.gates.map(\.name))
            return gates.isEmpty ? nil : Blocked(repository.name.description, gates)
        }
    }
}
