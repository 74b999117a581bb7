import GateForge
import GatePolicy

extension Provisioning {
    func make(_ change: ProvisioningChange) async throws {
        switch change {
        case .makeAccount(let login):
            try note { $0.account = login }
            try await forge.makeAccount(login, email: "\(login)@noreply.localhost", password: desk.secret())
        case .makeTeam, .widenTeam, .giveRepository, .joinTeam: try await makeTeam(change)
        case .makeToken(let credential, let login, let name, let file):
            try await makeToken(credential, .init(login: login, name: name), file)
        case .endTokens(_, let stale):
            // Whoever uses the old one has the new one before that is taken away.
            _ = try await desk.reload()
            for token in stale { try await forge.deleteToken(token.name, of: token.login) }
            try note { $0.tokens.removeAll { stale.contains($0) } }
        case .makeHook(let url, let file, let place): try await makeHook(url, file, place)
        case .renewHooks(let hooks, let url, let file): try await renew(hooks, url, file)
        case .setSecret(let name, let credential, let place, let standing):
            try await setSecret(name, credential, place, standing)
        case .offerPolicy(let repository, let hasBranch):
            let offer = ProvisioningLedger.Offer(repository: "\(repository)")
            // A branch that was there before is somebody else's to take away.
            if !hasBranch { try note { $0.offers = ($0.offers ?? []).filter { $0 != offer } + [offer] } }
            let number = try await forge.offer(
                hasBranch ? nil : StarterPolicy.text, as: StarterPolicy.path, in: repository,
                branch: StarterPolicy.branch, title: StarterPolicy.title)
            try note { ledger in
                guard let index = ledger.offers?.firstIndex(of: offer) else { return }
                ledger.offers?[index].number = number
            }
        case .require(let repository, let rule, _, _, let changes):
            try note { ledger in
                if !ledger.rules.contains(where: { $0.repository == rule.repository && $0.name == rule.name }) {
                    ledger.rules.append(rule)
                }
            }
            for change in changes { try await forge.protect(repository, change) }
        }
    }

    private func makeTeam(_ change: ProvisioningChange) async throws {
        func found(_ name: String) async throws -> Int64 {
            guard
                let found = try await forge.teams(of: request.organization, .administrator).first(where: {
                    $0.isCalled(name)
                })
            else { throw waits("/teams/{id}", "there is no team `\(name)` yet") }
            return found.id
        }
        switch change {
        case .makeTeam(let name, let everywhere):
            try note { $0.team = name }
            _ = try await forge.makeWritersTeam(name, of: request.organization, everywhere: everywhere)
        case .widenTeam(let name): try await forge.widen(found(name), named: name)
        case .giveRepository(let repository, let team):
            let id = try await found(team)
            if try ledger().team != team {
                let grant = ProvisioningLedger.Grant(team: team, repository: "\(repository)")
                try note { $0.grants = ($0.grants ?? []).filter { $0 != grant } + [grant] }
            }
            try await forge.add(repository, toTeam: id)
        case .joinTeam(let login, let team):
            let id = try await found(team)
            if try ledger().team != team {
                try note {
                    $0.joined = ($0.joined ?? []).filter { $0.login != login } + [.init(login: login, team: team)]
                }
            }
            try await forge.add(login, toTeam: id)
        default: break
        }
    }

    private func makeToken(_ credential: Credential, _ named: ProvisioningLedger.Named, _ file: String) async throws {
        let isThere = desk.read(file) != nil
        // One that was made and never stored can be read by nobody.
        if try ledger().tokens.contains(named) { try await forge.deleteToken(named.name, of: named.login) }
        try note { ledger in
            ledger.tokens = ledger.tokens.filter { $0 != named } + [named]
            if !isThere { ledger.note(file: file) }
        }
        let token = try await forge.makeToken(
            named.name, of: named.login, scopes: CredentialEvidence.scopes(credential))
        try token.reveal { try desk.write(file, $0 + "\n") }
        try note { ledger in
            ledger.note(file: file)
            ledger.replacing?.removeAll { $0 == named }
        }
        _ = try await desk.reload()
    }

    private func setSecret(
        _ name: String, _ credential: Credential, _ place: Webhook.Place, _ standing: ProvisioningChange.Standing
    ) async throws {
        let file = request.file(credential)
        guard let token = try stored(file) else {
            // Its token could not be made: this waits for that one.
            throw waits("/…/actions/secrets/{name}", "there is no token in `\(file)` yet")
        }
        var secret = ProvisioningLedger.Secret(
            place: place, name: name, isDirectory: credential == .directory, existed: standing == .others, ending: nil)
        try note { $0.note(secret: secret) }
        try await forge.setSecret(name, at: place, to: token)
        secret.ending = token.ending
        try note { $0.note(secret: secret) }
    }

    /// What cannot be done before something else was.
    private func waits(_ path: String, _ what: String) -> ForgeError {
        ForgeError(.invalidInput(what), ForgeCall(method: "PUT", path: path, credential: .administrator))
    }
}
