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
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// What was changed.
        public var done: [ProvisioningChange] = []
        /// What somebody else must do, and why.
        public var refused: [(change: ProvisioningChange, error: ForgeError)] = []
    }

    let forge: ForgeClient
    let request: ProvisioningRequest
    let desk: ProvisioningDesk
    /// A client of the same forge with other tokens.
    let client: @Sendable (Token, Token?) throws -> ForgeClient
    let decider: @Sendable (ForgeClient) -> Decider

    /// Provisioning.
    public init(
        _ forge: ForgeClient, _ request: ProvisioningRequest, _ desk: ProvisioningDesk,
        client: @escaping @Sendable (Token, Token?) throws -> ForgeClient,
        decider: @escaping @Sendable (ForgeClient) -> Decider
    ) {
        self.forge = forge
        self.request = request
        self.desk = desk
        self.client = client
        self.decider = decider
    }

    /// The name of the team, and of tokens.
    static let name = "countersign"

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

    private func note(_ change: (inout ProvisioningLedger) -> Void) throws {
        var ledger = try ledger()
        ledger.organization = request.organization
        change(&ledger)
        try desk.write(request.ledgerFile, JSONText.of(ledger) + "\n")
    }

    /// Makes the changes, and plans anew after those that others wait for.
    public func carryOut(progress: (ProvisioningChange) -> Void) async throws -> Outcome {
        var outcome = Outcome()
        // What is replaced is planned once; everything else as long as something new can be done.
        if request.rotates {
            for change in try await plan().changes where change.replaces {
                try await attempt(change, &outcome, progress)
            }
        }
        var tried: Set<ProvisioningChange> = []
        while true {
            let changes = try await plan(rotates: false).changes.filter { !tried.contains($0) }
            guard !changes.isEmpty else { return outcome }
            for change in changes {
                tried.insert(change)
                try await attempt(change, &outcome, progress)
            }
        }
    }

    private func attempt(
        _ change: ProvisioningChange, _ outcome: inout Outcome, _ progress: (ProvisioningChange) -> Void
    ) async throws {
        do {
            try await make(change)
            outcome.done.append(change)
            progress(change)
        } catch let error as ForgeError {
            guard error.isRefusal else { throw error }
            // What somebody else makes now is not ours to take back.
            switch change {
            case .makeAccount: try note { $0.account = nil }
            case .makeTeam: try note { $0.team = nil }
            case .offerPolicy(let repository, _):
                try note { $0.offers?.removeAll { $0 == .init(repository: "\(repository)") } }
            default: break
            }
            outcome.refused.append((change, error))
        }
    }

    private func make(_ change: ProvisioningChange) async throws {
        let organization = request.organization
        switch change {
        case .makeAccount(let login):
            try note { $0.account = login }
            try await forge.makeAccount(login, email: "\(login)@noreply.localhost", password: desk.secret())
        case .makeTeam(let name):
            try note { $0.team = name }
            _ = try await forge.makeWritersTeam(name, of: organization)
        case .joinTeam(let login, let team):
            guard let found = try await forge.teams(of: organization, .administrator).first(where: { $0.name == team })
            else {
                let call = ForgeCall(
                    method: "PUT", path: "/teams/{id}/members/{username}", credential: .administrator)
                throw ForgeError(.invalidInput("there is no team `\(team)` yet"), call)
            }
            if try ledger().team != team {
                try note {
                    $0.joined = ($0.joined ?? []).filter { $0.login != login } + [.init(login: login, team: team)]
                }
            }
            try await forge.add(login, toTeam: found.id)
        case .makeToken(let credential, let login, let name, let old, let file):
            let named = ProvisioningLedger.Named(login: login, name: name)
            // One that was made and never stored can be read by nobody.
            if try ledger().tokens.contains(named) { try await forge.deleteToken(name, of: login) }
            try note { $0.tokens = $0.tokens.filter { $0 != named } + [named] }
            let token = try await forge.makeToken(
                name, of: login, scopes: CredentialEvidence.scopes(credential))
            try token.reveal { try desk.write(file, $0 + "\n") }
            let replaced = old.filter { $0 != name }.map { ProvisioningLedger.Named(login: login, name: $0) }
            try note { $0.stale = ($0.stale ?? []).filter { !replaced.contains($0) } + replaced }
            for (name, place) in try await secrets(credential) {
                try await forge.setSecret(name, at: place, to: token)
            }
            // Whoever uses the old one has the new one before that is taken away.
            _ = try await desk.reload()
            try await end(replaced)
        case .endTokens(let stale):
            _ = try await desk.reload()
            try await end(stale)
        case .makeHook(let url, let file, let place):
            var secret = hookSecret(file)
            if secret == nil {
                let fresh = desk.secret()
                try desk.write(file, fresh + "\n")
                _ = try await desk.reload()
                secret = fresh
            }
            try note { ledger in
                ledger.hookURL = url
                ledger.hookPlaces = (ledger.hookPlaces ?? []).filter { $0 != place } + [place]
            }
            _ = try await forge.makeWebhook(at: place, url: url, secret: try Token(secret ?? ""))
        case .renewHooks(let hooks, let url, let file):
            let secret = desk.secret()
            try note { $0.isRenewingHook = true }
            // A service that runs here knows both until the forge signs with the new one: no delivery is refused.
            try desk.write(file, secret + "\n" + (desk.read(file) ?? ""))
            let isReloaded = try await desk.reload()
            // The forge changes no secret of a webhook: another one takes its place.
            for place in ProvisioningChange.places(of: hooks) {
                _ = try await forge.makeWebhook(at: place, url: url, secret: try Token(secret))
                for old in hooks where old.place == place { try await forge.deleteWebhook(old.id, at: place) }
            }
            try desk.write(file, secret + "\n")
            if isReloaded { _ = try await desk.reload() }
            try note { $0.isRenewingHook = nil }
        case .setSecret(let name, let credential, let place):
            let file = credential == .directory ? request.directoryTokenFile : request.tokenFile
            guard let text = desk.read(file) else {
                // Its token could not be made: this waits for that one.
                let call = ForgeCall(
                    method: "PUT", path: "/…/actions/secrets/{name}", credential: .administrator)
                throw ForgeError(.invalidInput("there is no token in `\(file)` yet"), call)
            }
            try note { ledger in
                switch place {
                case .organization: ledger.secrets = ledger.secrets.filter { $0 != name } + [name]
                case .repository(let repository):
                    let secret = ProvisioningLedger.Secret(repository: repository, name: name)
                    ledger.repositorySecrets = (ledger.repositorySecrets ?? []).filter { $0 != secret } + [secret]
                }
            }
            try await forge.setSecret(name, at: place, to: try Token(text))
        case .offerPolicy(let repository, let hasBranch):
            let offer = ProvisioningLedger.Offer(repository: "\(repository)")
            // A branch that was there before is somebody else's to take away.
            if !hasBranch { try note { $0.offers = ($0.offers ?? []).filter { $0 != offer } + [offer] } }
            let number = try await forge.offer(
                hasBranch ? nil : StarterPolicy.text, as: ".countersign.yml", in: repository,
                branch: StarterPolicy.branch, title: "Add review gates")
            try note { ledger in
                guard let index = ledger.offers?.firstIndex(of: offer) else { return }
                ledger.offers?[index].number = number
            }
        case .require(let repository, let rule, let contexts):
            try note { ledger in
                if !ledger.rules.contains(where: { $0.repository == rule.repository && $0.name == rule.name }) {
                    ledger.rules.append(rule)
                }
            }
            if rule.existed {
                try await forge.changeRule(rule.name, of: repository, asksForStatuses: true, contexts: contexts)
            } else {
                try await forge.makeRule(rule.name, of: repository, contexts: contexts)
            }
        }
    }

    /// Takes tokens away in whose place there are others.
    private func end(_ stale: [ProvisioningLedger.Named]) async throws {
        for token in stale { try await forge.deleteToken(token.name, of: token.login) }
        try note { ledger in
            ledger.tokens.removeAll { stale.contains($0) }
            ledger.stale = (ledger.stale ?? []).filter { !stale.contains($0) }
        }
    }

    /// The Actions secrets that a token is in already.
    private func secrets(_ credential: Credential) async throws(ForgeError) -> [(String, Webhook.Place)] {
        guard let name = request.secretName(credential) else { return [] }
        var found: [(String, Webhook.Place)] = []
        for place in request.places {
            do throws(ForgeError) {
                for known in try await forge.secretNames(at: place) where known.uppercased() == name {
                    found.append((known, place))
                }
            } catch {
                // That they cannot be seen is told by the plan; the token is made and stored all the same.
                guard error.isRefusal else { throw error }
            }
        }
        return found
    }

    /// The secret that new webhooks get: the first in the file.
    private func hookSecret(_ file: String) -> String? {
        desk.read(file)?.split(whereSeparator: \.isNewline).first.map(String.init)
    }
}

extension ForgeError {
    /// Whether the forge answered and said no.
    var isRefusal: Bool { [.refused, .badToken, .missingScope].contains(cause) }
}

extension ProvisioningRequest {
    /// The Actions secret that a token goes into.
    func secretName(_ credential: Credential) -> String? {
        actionsSecret.map { $0.uppercased() + (credential == .directory ? "_DIRECTORY" : "") }
    }
}

extension Provisioning {
    /// The forge's address.
    public var address: String { forge.settings.address.description }
}
