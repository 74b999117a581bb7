import GateForge
import GatePolicy

/// One thing to be changed, found by looking at what is there.
public enum ProvisioningChange: Sendable, Hashable {
    /// Make the account that posts statuses.
    case makeAccount(String)
    /// Make the team that gives it the right to write.
    case makeTeam(String)
    /// Put the account into that team.
    case joinTeam(String, team: String)
    /// Make a token and store it.
    case makeToken(Credential, login: String, name: String, replacing: [String], file: String)
    /// Make the webhook.
    case makeHook(url: String, file: String)
    /// Give the webhook a fresh secret.
    case renewHook(id: Int64, url: String, file: String)
    /// Set an Actions secret.
    case setSecret(String, Credential)
    /// Offer a policy.
    case offerPolicy(RepositoryName, hasBranch: Bool)
    /// Require the summary.
    case require(RepositoryName, ProvisioningLedger.Rule, contexts: [String])

    /// Whether it puts something new in the place of something that works.
    var replaces: Bool {
        switch self {
        case .makeToken, .renewHook: true
        default: false
        }
    }

    /// The change in a line.
    public var description: String {
        switch self {
        case .makeAccount(let login): "make the account `\(login)`; nobody gets its password"
        case .makeTeam(let name): "make the team `\(name)`, which may write the code of all repositories"
        case .joinTeam(let login, let team): "put `\(login)` into the team `\(team)`"
        case .makeToken(let credential, let login, let name, let old, let file):
            "make the token `\(name)` of `\(login)` with "
                + CredentialEvidence.scopes(credential).map { "`\($0)`" }.joined(separator: ", ")
                + ", and store it in `\(file)`"
                + (old.isEmpty ? "" : "; then take away " + old.map { "`\($0)`" }.joined(separator: ", "))
        case .makeHook(let url, let file):
            "make the organisation's webhook to \(url) with a fresh secret, and store that in `\(file)`"
        case .renewHook(_, let url, let file): "give the webhook to \(url) a fresh secret, and store it in `\(file)`"
        case .setSecret(let name, let credential): "set the organisation's Actions secret `\(name)` to `\(credential)`"
        case .offerPolicy(let repository, _): "offer `\(repository)` a policy as a pull request"
        case .require(let repository, let rule, let contexts):
            (rule.existed ? "change the protection of" : "protect") + " `\(rule.name)` of `\(repository)`: require "
                + contexts.map { "`\($0)`" }.joined(separator: ", ")
        }
    }

    /// The same as what a person with the right can do.
    public func steps(_ request: ProvisioningRequest) -> [Cure.Step] {
        let owner = ForgeRequest.Person.owner(of: request.organization)
        let organization = "/orgs/\(request.organization)"
        switch self {
        case .makeAccount(let login):
            let body = ["username": login, "email": "\(login)@noreply.localhost", "password": "PASSWORD"]
            return [
                .tell("with a password that nobody else knows in the place of PASSWORD:"),
                .call(ForgeRequest("POST", "/admin/users", body: JSONText.of(body), by: .site)),
            ]
        case .makeTeam(let name):
            let team = NewTeam(name: name, permission: "write", units: ["repo.code", "repo.issues", "repo.pulls"])
            return [.call(ForgeRequest("POST", "\(organization)/teams", body: JSONText.of(team), by: owner))]
        case .joinTeam(let login, let team):
            let name = ForgeRequest.segment(team)
            return [
                .call(ForgeRequest("GET", "\(organization)/teams/search?q=\(name)", by: owner)),
                .tell("then with the `id` of the answer in the place of TEAM:"),
                .call(ForgeRequest("PUT", "/teams/TEAM/members/\(login)", by: owner)),
            ]
        case .makeToken(let credential, let login, let name, let old, let file):
            let body = JSONText.of(NewToken(name: name, scopes: CredentialEvidence.scopes(credential)))
            return [
                .call(ForgeRequest("POST", "/users/\(login)/tokens", body: body, by: .named(login))),
                .tell("put the `sha1` of the answer into `\(file)`"),
            ]
                + old.filter { $0 != name }.map {
                    .call(ForgeRequest("DELETE", "/users/\(login)/tokens/\($0)", by: .named(login)))
                }
        case .makeHook(let url, let file):
            return [
                .tell("with a fresh secret in the place of SECRET, which is put into `\(file)` too:"),
                .call(ForgeRequest("POST", "\(organization)/hooks", body: JSONText.of(NewHook(url: url)), by: owner)),
            ]
        case .renewHook(let id, let url, let file):
            let config = ["config": ["url": url, "content_type": "json", "secret": "SECRET"]]
            return [
                .tell("with a fresh secret in the place of SECRET, which is put into `\(file)` too:"),
                .call(ForgeRequest("PATCH", "\(organization)/hooks/\(id)", body: JSONText.of(config), by: owner)),
            ]
        case .setSecret(let name, let credential):
            return [
                .tell("with the text of `\(credential)` in the place of TOKEN:"),
                .call(
                    ForgeRequest(
                        "PUT", "\(organization)/actions/secrets/\(name)", body: JSONText.of(["data": "TOKEN"]),
                        by: owner)),
            ]
        case .offerPolicy(let repository, _): return [.tell("add `.countersign.yml` to `\(repository)`")]
        case .require(let repository, let rule, let contexts):
            let path =
                "/repos/\(repository)/branch_protections" + (rule.existed ? "/\(ForgeRequest.segment(rule.name))" : "")
            return [
                .call(
                    ForgeRequest(
                        rule.existed ? "PATCH" : "POST", path,
                        body: JSONText.of(RequiredContexts(contexts: contexts, name: rule.existed ? nil : rule.name)),
                        by: .administrator(of: "\(repository)")))
            ]
        }
    }
}
