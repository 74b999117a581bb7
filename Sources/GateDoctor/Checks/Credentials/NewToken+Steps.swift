import GateForge
import GatePolicy

extension Examination {
    /// A new token with exactly the scopes it needs, and where it goes.
    func newToken(_ credential: Credential, of person: ForgeRequest.Person? = nil) -> [Cure.Step] {
        let person = person ?? self.person(behind: credential)
        // The two may be one account's, and the forge refuses a name that is there.
        let name = (credential == .directory ? "countersign-directory-" : "countersign-") + "\(now.seconds)"
        let body = JSONText.of(NewToken(name: name, scopes: CredentialEvidence.scopes(credential)))
        let path = "/users/\(person.login)/tokens"
        return (credential == .directory ? ownershipOfAll : [])
            + [.call(ForgeRequest("POST", path, body: body, by: person)), store(credential)]
    }

    /// The organisations whose teams policies name: there is one token that reads them all.
    private var askedOrganizations: [OrganizationEvidence] {
        organizations.filter { organization in
            guard !organization.mentioned.isEmpty, !organization.isUser else { return false }
            if case .failure(let error) = organization.teams[directoryReader] { return !error.namesNoOrganization }
            return true
        }
    }

    /// What makes one account's token see the teams of several organisations.
    private var ownershipOfAll: [Cure.Step] {
        let asked = askedOrganizations
        guard asked.count > 1 else { return [] }
        let names = asked.map { "`\($0.name)`" }.joined(separator: " and ")
        return [
            .tell(
                "one token reads the teams of all organisations that policies name: let one account be an owner of "
                    + "\(names) (an owner of each puts it into the team of owners there); where it shall not own one, its "
                    + "teams that policies name will do, and it is then one of those who sign"),
            .tell(
                "or name people of the other organisation in the policies, and not its teams; else, with that account:"),
        ]
    }

    /// Where a token's text is put: never over the other one, wherever both come from one place.
    func store(_ credential: Credential) -> Cure.Step {
        let evidence = self.credential(credential) ?? CredentialEvidence(credential, .missing)
        let other = self.credential(credential == .directory ? .service : .directory)
        if let path = evidence.origin.path {
            guard let other, let own = evidence.ownFile, !isFirst(credential) else { return .store(.file(path)) }
            return .store(
                .ownFile(own, setting: "\(credential)_file", shared: path, with: "\(other.credential)"))
        }
        switch evidence.origin {
        case .set where other?.sharesVariable(with: evidence) == true && !isFirst(credential):
            return .store(.ownVariable(evidence.variable, shared: other?.variable ?? ""))
        case .set, .empty, .without: return .store(.variable(evidence.variable))
        case .missing: return .store(.either(variable: evidence.variable, setting: "\(credential)_file"))
        }
    }

    /// Whether what is there is neither's: then the service's token is put there.
    private func isFirst(_ credential: Credential) -> Bool {
        credential == .service && obstacle(of: .directory) != nil
    }

    /// That both tokens are one text from one place, which is most often a slip; nil where they are not.
    var oneForBoth: String? {
        guard let service = self.credential(.service), let directory = self.credential(.directory) else { return nil }
        if service.ownFile != nil, let path = service.origin.path, let other = directory.origin.path {
            return "`\(Credential.service)_file` and `\(Credential.directory)_file` name one file, `\(path)`"
                + (other == path ? "" : ", which is `\(other)`, too")
        }
        guard service.sharesVariable(with: directory) else { return nil }
        return "`\(service.variable)` and `\(directory.variable)` have the same text"
    }

    /// Makes an account of its own that posts; its token goes where the settings look for it, if they name such a file.
    func provision(_ organization: String) -> Cure.Step {
        var folder = ""
        if let path = credential(.service)?.origin.path, "/\(path)".hasSuffix("/forge-token") {
            let own = path == "forge-token" ? "." : String(path.dropLast("/forge-token".count))
            folder = " --folder \(ForgeRequest.quoted(own))"
        }
        return .run("countersign provision \(organization)\(folder) --administrator ADMIN --yes")
    }

    /// Who makes a token: its account where that is known.
    func person(behind credential: Credential) -> ForgeRequest.Person {
        let known = (try? self.credential(credential)?.identity?.get())?.login
        switch credential {
        case .directory:
            // An account that was taken for the wrong job is not the one to make the right token.
            let asked = askedOrganizations.map(\.name)
            return .owner(ofAll: asked.isEmpty ? [organizations.first?.name ?? "the organisation"] : asked)
        case .service, .administrator:
            // Nor is one that was taken by mistake.
            if case .fallback = obstacle(of: credential) { return .service(nil) }
            return .service(known)
        }
    }

    /// What follows the mending of something that kept statuses from being posted: those who waited are not undecided.
    var refireAll: Cure.Step { .run((["countersign", "refire"] + targets + ["--all"]).joined(separator: " ")) }

    /// The same for a token; where only teams could not be read an `error` was posted, which `refire` finds by itself.
    func refire(after credential: Credential) -> [Cure.Step] { credential == .service ? [refireAll] : [] }

    /// What cannot be decided without a token.
    func gates(behind credential: Credential) -> [Blocked] {
        if credential == .service || repositories.isEmpty { return [Blocked(nil)] }
        return gatesWithTeams
    }
}
