import GateForge
import GatePolicy

extension Provisioning {
    /// Plans a token; gives back those of ours in whose place it is then.
    func planToken(
        _ plan: inout Plan, _ ledger: ProvisioningLedger, _ credential: Credential, _ isReplaced: Bool
    ) async throws -> [ProvisioningLedger.Named] {
        let login = request.login(credential)
        let file = request.file(credential)
        let prefix = credential == .directory ? "\(Self.name)-directory" : Self.name
        func ours(_ tokens: [ProvisioningLedger.Named]?) -> [String] {
            (tokens ?? []).filter { $0.login == login && Self.number($0.name, prefix) != nil }.map(\.name)
        }
        func others(than name: String) -> [ProvisioningLedger.Named] {
            ours(ledger.tokens).filter { $0 != name }.map { .init(login: login, name: $0) }
        }
        // Of whoever had this job before.
        let former = ledger.tokens.filter { $0.login != login && Self.number($0.name, prefix) != nil }
        let made = ours(ledger.tokens)
        let begun = ours(ledger.replacing).last
        let token = try stored(file)
        if !isReplaced, let token, try await works(token, credential) {
            guard made.count > 1 || begun != nil || !made.isEmpty && !former.isEmpty else { return [] }
            // A run that was cut may have stored one and not noted it.
            let shown = try await tokens(of: login)
            let current = shown.first { $0.ending == token.ending }?.name
            if let begun, begun != current {
                plan.changes.append(.makeToken(credential, login: login, name: begun, file: file))
                return others(than: begun) + former
            }
            let standing = made.filter { name in shown.isEmpty || shown.contains { $0.name == name } }
            let names = standing.map { "`\($0)`" }.joined(separator: ", ")
            guard let current else {
                plan.left.append(
                    "which of \(names) of `\(login)` is in use is not known: run this again with a password")
                return []
            }
            if standing.contains(current) {
                return others(than: current).filter { standing.contains($0.name) } + former
            }
            if !standing.isEmpty {
                plan.left.append(
                    "`\(file)` holds `\(current)` of `\(login)`, which was not made here, and \(names) was: end by hand "
                        + "what nobody uses")
            }
            return []
        }
        if !isReplaced, let begun {
            plan.changes.append(.makeToken(credential, login: login, name: begun, file: file))
            return others(than: begun) + former
        }
        // Tokens of that name that this folder knows nothing of are another installation's.
        let foreign = try await tokens(of: login).map(\.name).filter { !made.contains($0) }
        var next = (made.compactMap { Self.number($0, prefix) }.max() ?? (isReplaced ? 0 : 1)) + (isReplaced ? 1 : 0)
        func name(_ number: Int) -> String { number <= 1 ? prefix : "\(prefix)-\(number)" }
        while foreign.contains(name(next)) || (isReplaced && made.contains(name(next))) { next += 1 }
        plan.changes.append(.makeToken(credential, login: login, name: name(next), file: file))
        return others(than: name(next)) + former
    }

    /// Somebody's tokens; none where they are not shown, for then none can be made either.
    func tokens(of login: String) async throws(ForgeError) -> [ForgeClient.NamedToken] {
        do {
            return try await forge.tokens(of: login)
        } catch {
            // An account that is yet to be made has none.
            guard error.isRefusal else { throw error }
            return []
        }
    }

    /// 1 for the prefix alone, 2 and more for `prefix-N`.
    private static func number(_ name: String, _ prefix: String) -> Int? {
        if name == prefix { return 1 }
        return name.hasPrefix("\(prefix)-") ? Int(name.dropFirst(prefix.count + 1)) : nil
    }

    /// Whether the forge takes a stored token; a forge that does not answer says nothing against it.
    private func works(_ token: Token, _ credential: Credential) async throws -> Bool {
        let trial = try client(token, nil)
        let answer: Result<Bool, ForgeError>
        do throws(ForgeError) {
            switch credential {
            case .directory:
                _ = try await trial.teams(of: request.organization, .service)
                answer = .success(true)
            case .service, .administrator:
                let login = try await trial.identity(.service).login
                answer = .success(login.lowercased() == request.account.lowercased())
            }
        } catch {
            answer = error.isRefusal ? .success(false) : .failure(error)
        }
        await trial.shutdown()
        return try answer.get()
    }

    /// The Actions secrets that a token is to be in: those that are asked for, and those that were set before.
    func secrets(
        _ credential: Credential, _ ledger: ProvisioningLedger
    ) -> [(place: Webhook.Place, name: String)] {
        let set = (ledger.actionsSecrets ?? []).filter { $0.isDirectory == (credential == .directory) }
            .map { (place: $0.place, name: $0.name) }
        guard let name = request.secretName(credential) else { return set }
        return set
            + request.places.filter { place in !set.contains { $0.place == place && $0.name == name } }
            .map { (place: $0, name: name) }
    }

    func planSecrets(_ plan: inout Plan, _ ledger: ProvisioningLedger) async throws {
        var names: [Webhook.Place: [String]] = [:]
        var unseen: Set<Webhook.Place> = []
        for credential in [Credential.service, .directory] {
            let file = request.file(credential)
            let token = try stored(file)
            let isMade = plan.changes.contains { change in
                if case .makeToken(credential, _, _, _) = change { true } else { false }
            }
            for (place, name) in secrets(credential, ledger) where !unseen.contains(place) {
                let known = (ledger.actionsSecrets ?? []).first { $0.place == place && $0.name == name }
                if !isMade, let token, known?.ending == token.ending { continue }
                guard token != nil || isMade else {
                    plan.left.append("the Actions secret `\(name)` is set when there is a token to put into it")
                    continue
                }
                if known == nil, names[place] == nil {
                    try await planned("the Actions secrets", &plan) { _ in
                        names[place] = try await forge.secretNames(at: place).map { $0.uppercased() }
                    }
                    guard names[place] != nil else {
                        unseen.insert(place)
                        continue
                    }
                }
                plan.changes.append(
                    .setSecret(
                        name, credential, at: place,
                        over: known != nil ? .ours : names[place]?.contains(name) == true ? .others : .nobodys))
            }
        }
    }
}
