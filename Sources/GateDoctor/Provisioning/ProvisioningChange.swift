import GateForge
import GatePolicy

/// One thing to be changed, found by looking at what is there.
public enum ProvisioningChange: Sendable, Hashable {
    /// Make the account that posts statuses.
    case makeAccount(String)
    /// Make the team that gives it the right to write; everything, or the repositories it is given.
    case makeTeam(String, everywhere: Bool)
    /// Let the team have all repositories.
    case widenTeam(String)
    /// Give the team a repository.
    case giveRepository(RepositoryName, team: String)
    /// Put the account into that team.
    case joinTeam(String, team: String)
    /// Make a token and store it.
    case makeToken(Credential, login: String, name: String, file: String)
    /// Take tokens away in whose place another is stored, and in the Actions secrets.
    case endTokens(Credential, [ProvisioningLedger.Named])
    /// Make a webhook.
    case makeHook(url: String, file: String, at: Webhook.Place)
    /// Put webhooks with a fresh secret, all of them the same, in the place of others.
    case renewHooks([Webhook], url: String, file: String)
    /// Set an Actions secret; one that is there is overwritten.
    case setSecret(String, Credential, at: Webhook.Place, over: Standing)
    /// Offer a policy.
    case offerPolicy(RepositoryName, hasBranch: Bool)
    /// Require the summary, in a rule that lets people push past pull requests, or does not.
    case require(RepositoryName, ProvisioningLedger.Rule, contexts: [String], isPushed: Bool, [RuleChange])

    /// Whose an Actions secret is that is there already.
    public enum Standing: Sendable, Hashable {
        /// There is none.
        case nobodys
        /// It was set from here.
        case ours
        /// Somebody else's, or nobody knows whose.
        case others
    }

    /// Whether the account may see, or do, more once it is made.
    var opensTheWay: Bool {
        switch self {
        case .makeAccount, .makeTeam, .widenTeam, .giveRepository, .joinTeam, .makeToken: true
        case .endTokens, .makeHook, .renewHooks, .setSecret, .offerPolicy, .require: false
        }
    }

    /// Whether it may be planned before the account sees what it is about.
    var isForeseen: Bool {
        switch self {
        case .offerPolicy, .require: true
        default: false
        }
    }

    /// Whether a plan that was shown to somebody has it; of tokens that were to go some may be gone.
    func isIn(_ planned: [ProvisioningChange]) -> Bool {
        planned.contains { one in
            if case .endTokens(let credential, let all) = one, case .endTokens(credential, let stale) = self {
                return stale.allSatisfy(all.contains)
            }
            return one.description == description
        }
    }

    /// Where webhooks hang, each place once.
    static func places(of hooks: [Webhook]) -> [Webhook.Place] {
        hooks.reduce(into: []) { places, hook in if !places.contains(hook.place) { places.append(hook.place) } }
    }

    /// The change in a line.
    public var description: String {
        switch self {
        case .makeAccount(let login): "make the account `\(login)`; nobody gets its password"
        case .makeTeam(let name, let everywhere):
            "make the team `\(name)`, which may write the code of "
                + (everywhere ? "all repositories" : "the repositories that it is given")
        case .widenTeam(let name): "let the team `\(name)` have all repositories"
        case .giveRepository(let repository, let team): "give `\(repository)` to the team `\(team)`"
        case .joinTeam(let login, let team): "put `\(login)` into the team `\(team)`"
        case .makeToken(let credential, let login, let name, let file):
            "make the token `\(name)` of `\(login)` with "
                + CredentialEvidence.scopes(credential).map { "`\($0)`" }.joined(separator: ", ")
                + ", and store it in `\(file)`"
        case .endTokens(_, let stale):
            "take away the old " + stale.map { "`\($0.name)` of `\($0.login)`" }.joined(separator: ", ")
        case .makeHook(let url, let file, let place):
            "make the webhook of `\(place)` to \(url) with the secret in `\(file)`, a fresh one where there is none"
        case .renewHooks(let hooks, let url, let file):
            "give the webhook of " + Self.places(of: hooks).map { "`\($0)`" }.joined(separator: ", ")
                + " to \(url) a fresh secret, and store it in `\(file)`: "
                + Self.places(of: hooks).map { Self.succession(at: $0, hooks, url) }.joined(separator: "; ")
        case .setSecret(let name, let credential, let place, let standing):
            "set the Actions secret `\(name)` of `\(place)` to `\(credential)`"
                + (standing == .others ? ", in the place of what is there, which nobody can give back" : "")
        case .offerPolicy(let repository, _): "offer `\(repository)` a policy as a pull request"
        case .require(let repository, let rule, let contexts, let isPushed, _):
            (rule.existed ? "change the protection of" : "protect") + " `\(rule.name)` of `\(repository)`"
                + (rule.copied.map { " by a rule of its own like `\($0.name)`" } ?? "") + ": require "
                + contexts.map { "`\($0)`" }.joined(separator: ", ")
                + (isPushed
                    ? "; people may still push past pull requests, as the rule says: see `protection.push`" : "")
                + Self.administrators(rule)
        }
    }

    /// What comes in the place of which, and what is not as it was.
    private static func succession(at place: Webhook.Place, _ hooks: [Webhook], _ url: String) -> String {
        let old = hooks.filter { $0.place == place }
        let new = Webhook.hearing(at: place, url: url, for: old)
        let names = old.map { "\($0.id)" }.joined(separator: " and of ")
        let unlike = old.flatMap { new.differences(from: $0) }.reduce(into: [String]()) { all, one in
            if !all.contains(one) { all.append(one) }
        }
        return "a new one of `\(place)` takes the place of \(names), "
            + (unlike.isEmpty ? "like it in all else" : "like it but that it " + unlike.joined(separator: ", "))
    }

    /// Whether administrators are held to it.
    private static func administrators(_ rule: ProvisioningLedger.Rule) -> String {
        switch rule.bindsAdministrators {
        case true where !rule.existed && rule.copied == nil: "; administrators are held to it, too"
        case false:
            "; administrators may still merge past it, as the rule says: see `protection.administrators`"
        case nil, true: ""
        }
    }

    /// The same as what a person with the right can do.
    public func steps(_ request: ProvisioningRequest) -> [Cure.Step] {
        let owner = ForgeRequest.Person.owner(of: request.organization)
        let organization = "/orgs/\(request.organization)"
        switch self {
        case .makeAccount(let login):
            let account = NewAccount(username: login, email: "\(login)@noreply.localhost", password: "PASSWORD")
            return [
                .tell("with a password that nobody else knows in the place of PASSWORD:"),
                .call(ForgeRequest("POST", "/admin/users", body: JSONText.of(account), by: .site)),
            ]
        case .makeTeam(let name, let everywhere):
            let team = NewTeam(name: name, permission: "write", includes_all_repositories: everywhere)
            return [.call(ForgeRequest("POST", "\(organization)/teams", body: JSONText.of(team), by: owner))]
        case .widenTeam(let name):
            return Self.find(name, organization, owner) + [
                .call(
                    ForgeRequest(
                        "PATCH", "/teams/TEAM", body: JSONText.of(WiderTeam(name: name)), by: owner))
            ]
        case .giveRepository(let repository, let team):
            return Self.find(team, organization, owner) + [
                .call(ForgeRequest("PUT", "/teams/TEAM/repos/\(repository)", by: owner))
            ]
        case .joinTeam(let login, let team):
            return Self.find(team, organization, owner) + [
                .call(ForgeRequest("PUT", "/teams/TEAM/members/\(login)", by: owner))
            ]
        case .makeToken(let credential, let login, let name, let file):
            let body = JSONText.of(NewToken(name: name, scopes: CredentialEvidence.scopes(credential)))
            let hint = "where nobody has the password of `\(login)`, a site administrator's name and password do:"
            return (credential == .service ? [.tell(hint)] : []) + [
                .call(ForgeRequest("POST", "/users/\(login)/tokens", body: body, by: .named(login))),
                .store(.file(file)),
            ]
        case .endTokens(_, let stale):
            return stale.map {
                .call(ForgeRequest("DELETE", "/users/\($0.login)/tokens/\($0.name)", by: .named($0.login)))
            }
        case .makeHook(let url, let file, let place):
            return [
                .tell(
                    "with the secret in `\(file)`, or a fresh one that is put there (mode 600), in the place of SECRET:"
                ),
                .call(
                    ForgeRequest(
                        "POST", place.path, body: JSONText.of(NewHook(url: url)), by: .whoHasTheRight(at: place))),
            ]
        case .renewHooks(let hooks, let url, let file):
            return [.tell("with a fresh secret in the place of SECRET, which is put into `\(file)` too (mode 600):")]
                + Self.places(of: hooks).flatMap { place -> [Cure.Step] in
                    let old = hooks.filter { $0.place == place }
                    let body = JSONText.of(NewHook(url: url, for: old))
                    return old.flatMap { $0.toldPlaceholders(withAddress: true) } + [
                        .call(ForgeRequest("POST", place.path, body: body, by: .whoHasTheRight(at: place)))
                    ]
                }
                + hooks.map {
                    .call(ForgeRequest("DELETE", "\($0.place.path)/\($0.id)", by: .whoHasTheRight(at: $0.place)))
                }
        case .setSecret(let name, let credential, let place, _):
            return [
                .tell("with what stands in `\(request.file(credential))` in the place of TOKEN:"),
                .call(
                    ForgeRequest(
                        "PUT", "\(place.secretsPath)/\(name)",
                        body: JSONText.of(["data": "TOKEN"]), by: .whoHasTheRight(at: place))),
            ]
        case .offerPolicy(let repository, _): return [.tell("add `.countersign.yml` to `\(repository)`")]
        case .require(let repository, _, _, _, let changes):
            return changes.map { .call($0.request(for: repository)) }
        }
    }

    /// How somebody finds a team's number.
    static func find(_ team: String, _ organization: String, _ owner: ForgeRequest.Person) -> [Cure.Step] {
        [
            // A search finds only the teams that one is in.
            .call(ForgeRequest("GET", "\(organization)/teams?limit=50", by: owner)),
            .tell("then with the `id` of the team `\(team)` in the place of TEAM:"),
        ]
    }
}

extension ForgeRequest.Person {
    /// Who has the right to change something there.
    static func whoHasTheRight(at place: Webhook.Place) -> Self {
        switch place {
        case .organization(let name): .owner(of: name)
        case .repository(let name): .administrator(of: name)
        case .site: .site
        }
    }
}
