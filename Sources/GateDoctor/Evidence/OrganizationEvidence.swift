import GateForge
import GatePolicy
import GateService

/// What is known of an organisation.
public struct OrganizationEvidence: Sendable {
    /// Its name.
    public var name: String
    /// Its teams, as each credential is shown them.
    public var teams: [Credential: Result<[OrganizationTeam], ForgeError>] = [:]
    /// The names of teams that policies mention, in lower case.
    public var mentioned: Set<String> = []
    /// The members of those teams, and of the owners, as each credential is shown them.
    public var members: [Int64: [Credential: Result<[Account], ForgeError>]] = [:]
    /// The repositories of teams that do not have all of them, as the token that reads teams is shown them, where one
    /// that is private asks for the team.
    public var given: [Int64: Result<[RepositoryName], ForgeError>] = [:]
    /// Why whoever lent an administrator's credential could not be asked who in its teams is active.
    public var activityFailure: ForgeError?
    /// The names of its labels; nil where no gate waits for one that a repository lacks.
    public var labels: Result<[String], ForgeError>?
    /// Its members; nil where no gate asks for them.
    public var people: Known<[Account]>?
    /// What it asks of all repositories; nil where none of them is looked at.
    public var policy: OrganizationPolicy?
    /// Its webhooks; nil when nobody could be asked.
    public var hooks: Result<[Webhook], ForgeError>?
    /// Whether it is no organisation but a user, who has neither teams nor webhooks of his own.
    public var isUser = false

    /// An organisation.
    public init(_ name: String) { self.name = name }

    /// A team by the name that a policy gives it.
    func team(_ name: String, _ reader: Credential) -> OrganizationTeam? {
        guard case .success(let teams) = teams[reader] else { return nil }
        return teams.first { $0.name.lowercased() == name.lowercased() }
    }

    /// Who is in a team, when that is known.
    func members(of name: String, _ reader: Credential) -> [Account]? {
        guard let team = team(name, reader), case .success(let members) = members[team.id]?[reader] else { return nil }
        return members
    }

    /// An owner's login, when one is known.
    func owner(_ reader: Credential) -> ForgeRequest.Person {
        guard case .success(let teams) = teams[reader], let owners = teams.first(where: \.isOwners),
            case .success(let members) = members[owners.id]?[reader], let first = members.first
        else { return .owner(of: name) }
        return .named(first.login)
    }

    var errors: [ForgeError] {
        let lists = teams.values.compactMap { if case .failure(let error) = $0 { error } else { nil } }
        let people = members.values.flatMap(\.values).compactMap { result -> ForgeError? in
            if case .failure(let error) = result { error } else { nil }
        }
        let gifts = given.values.compactMap { if case .failure(let error) = $0 { error } else { nil } }
        var others: [ForgeError] = []
        if case .failure(let error) = hooks { others.append(error) }
        if case .failure(let error) = labels { others.append(error) }
        return lists + people + gifts + others
    }
}
