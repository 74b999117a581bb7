import GateForge
import GatePolicy
import GateService

extension Provisioning {
    /// What is there, what is missing, and what must wait.
    public func plan(rotates: Bool? = nil) async throws -> Plan {
        var plan = Plan()
        let ledger = try ledger()
        let rotates = rotates ?? request.rotates
        if try await !forge.accountExists(request.account) { plan.changes.append(.makeAccount(request.account)) }
        try await planned("the team", &plan) { try await planTeam(&$0, ledger) }
        try await planToken(&plan, ledger, .service, request.account, request.tokenFile, rotates)
        try await planToken(&plan, ledger, .directory, request.directoryOwner, request.directoryTokenFile, rotates)
        try await planned("the Actions secrets", &plan) { try await planSecrets(&$0) }
        try await planned("the webhook", &plan) { try await planHook(&$0, ledger, rotates) }
        try await planned("the protection of branches", &plan) { try await planProtection(&$0) }
        return plan
    }

    /// Plans a part; where the right to look at what is there is missing, the rest is planned, and that is told.
    private func planned(_ what: String, _ plan: inout Plan, _ body: (inout Plan) async throws -> Void) async throws {
        do {
            try await body(&plan)
        } catch let error as ForgeError where [.refused, .missingScope].contains(error.cause) {
            plan.left.append("\(what): what is there cannot be seen with the administrator's credential: \(error)")
        }
    }

    private func planTeam(_ plan: inout Plan, _ ledger: ProvisioningLedger) async throws {
        let name = Self.name
        let team = try await forge.teams(of: request.organization, .administrator).first { $0.name == name }
        guard let team else {
            if try await mayWriteEverywhere() { return }
            plan.changes += [.makeTeam(name), .joinTeam(request.account, team: name)]
            return
        }
        let members = try await forge.members(ofTeam: team.id, .administrator)
        if !members.contains(where: { $0.login.lowercased() == request.account.lowercased() }) {
            plan.changes.append(.joinTeam(request.account, team: name))
        }
    }

    /// Whether an account that was there before may write already, by ways of its own.
    private func mayWriteEverywhere() async throws -> Bool {
        guard let service = try stored(request.tokenFile).map({ try client($0, nil) }) else { return false }
        let shown = try? await service.ownRepositories()
        await service.shutdown()
        let wanted = try await forge.shownRepositories(of: request.organization, .administrator)
            .filter { !$0.repository.isArchived && !$0.repository.isEmpty }
        let writable = Set((shown ?? []).filter(\.mayPush).map(\.repository.id))
        return !wanted.isEmpty && wanted.allSatisfy { writable.contains($0.repository.id) }
    }

    private func stored(_ file: String) throws -> Token? { try desk.read(file).map { try Token($0) } }

    private func planToken(
        _ plan: inout Plan, _ ledger: ProvisioningLedger, _ credential: Credential, _ login: String, _ file: String,
        _ isReplaced: Bool
    ) async throws {
        let prefix = credential == .directory ? "\(Self.name)-directory" : Self.name
        let made = ledger.tokens.filter { $0.login == login && Self.isNamed($0.name, prefix) }.map(\.name)
        if !isReplaced, let token = try stored(file), try await works(token, credential) {
            let stale = (ledger.stale ?? []).filter { $0.login == login && made.contains($0.name) }
            if !stale.isEmpty { plan.changes.append(.endTokens(stale)) }
            return
        }
        // Tokens of that name that this folder knows nothing of are another installation's.
        let others = try await tokenNames(login).filter { !made.contains($0) }
        var next = (made.compactMap { Self.number($0, prefix) }.max() ?? (isReplaced ? 0 : 1)) + (isReplaced ? 1 : 0)
        func name(_ number: Int) -> String { number <= 1 ? prefix : "\(prefix)-\(number)" }
        while others.contains(name(next)) || (isReplaced && made.contains(name(next))) { next += 1 }
        let name = name(next)
        plan.changes.append(
            .makeToken(credential, login: login, name: name, replacing: made.filter { $0 != name }, file: file))
    }

    /// The names of somebody's tokens; none where they are not shown, for then none can be made either.
    private func tokenNames(_ login: String) async throws(ForgeError) -> [String] {
        do {
            return try await forge.tokens(of: login).map(\.name)
        } catch {
            // An account that is yet to be made has none.
            guard error.isRefusal else { throw error }
            return []
        }
    }

    private static func isNamed(_ name: String, _ prefix: String) -> Bool { number(name, prefix) != nil }

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

    private func planSecrets(_ plan: inout Plan) async throws {
        guard request.actionsSecret != nil else { return }
        for place in request.places {
            let names = try await forge.secretNames(at: place).map { $0.uppercased() }
            for credential in [Credential.service, .directory] {
                guard let name = request.secretName(credential), !names.contains(name) else { continue }
                let file = credential == .directory ? request.directoryTokenFile : request.tokenFile
                let isMade = plan.changes.contains { change in
                    if case .makeToken(credential, _, _, _, _) = change { true } else { false }
                }
                guard try stored(file) != nil || isMade else {
                    plan.left.append("the Actions secret `\(name)` is set when there is a token to put into it")
                    continue
                }
                plan.changes.append(.setSecret(name, credential, at: place))
            }
        }
    }

    private func planHook(_ plan: inout Plan, _ ledger: ProvisioningLedger, _ rotates: Bool) async throws {
        guard let url = request.hookURL else { return }
        var hooks: [ProvisioningChange.Hook] = []
        var bare: [Webhook.Place] = []
        // The organisation's webhook tells of each of its repositories; who administers one alone is not shown it.
        let above = request.repositories.isEmpty ? [] : await webhooksOfOrganization(url)
        for place in request.places {
            let own = try await forge.webhooks(at: place).filter { $0.url == url }
            // A renewal that was cut leaves two of them.
            let found = (own.isEmpty ? above : own).map { ProvisioningChange.Hook(id: $0.id, place: $0.place) }
            hooks += found.filter { !hooks.contains($0) }
            if found.isEmpty { bare.append(place) }
        }
        let file = request.hookSecretFile
        if !hooks.isEmpty, desk.read(file) == nil || rotates || ledger.isRenewingHook == true {
            plan.changes.append(.renewHooks(hooks, url: url, file: file))
        }
        plan.changes += bare.map { .makeHook(url: url, file: file, at: $0) }
    }

    private func webhooksOfOrganization(_ url: String) async -> [Webhook] {
        let shown = try? await forge.webhooks(at: .organization(request.organization))
        return (shown ?? []).filter { $0.url == url }
    }

    /// A door is not locked before there is a key: only where a policy is in place and the summary was posted once.
    private func planProtection(_ plan: inout Plan) async throws {
        guard let token = try stored(request.tokenFile) else {
            plan.left.append("branches are protected when the tokens are there")
            return
        }
        let service = try client(token, try stored(request.directoryTokenFile))
        do {
            try await planProtection(&plan, service)
            await service.shutdown()
        } catch {
            await service.shutdown()
            throw error
        }
    }

    private func planProtection(_ plan: inout Plan, _ service: ForgeClient) async throws {
        var names = request.repositories
        if names.isEmpty {
            names = try await forge.shownRepositories(of: request.organization, .administrator)
                .filter { !$0.repository.isArchived && !$0.repository.isEmpty }.map(\.repository.name)
        }
        let organization = await decider(service).organizationPolicy(of: request.organization)
        if let unknown = organization.unknown {
            plan.left.append("what `\(request.organization)` asks of all repositories is not known: \(unknown.reason)")
        }
        for name in names {
            let rights: RepositoryRights
            do { rights = try await service.rights(in: name) } catch {
                plan.left.append("`\(name)`: `\(request.account)` cannot see it yet")
                continue
            }
            let bases = request.branches.isEmpty ? [rights.repository.defaultBranch] : request.branches
            for base in bases { try await planProtection(of: name, base, rights, organization, service, &plan) }
        }
    }

    private func planProtection(
        of name: RepositoryName, _ base: String, _ rights: RepositoryRights, _ organization: OrganizationPolicy,
        _ service: ForgeClient, _ plan: inout Plan
    ) async throws {
        guard let branch = try await service.branch(name, base) else {
            plan.left.append("`\(name)`: there is no branch `\(base)`")
            return
        }
        switch await decider(service).repositoryPolicy(
            of: rights.repository.repository, at: branch.commit, into: base, beside: organization)
        {
        case .policy: break
        case .absent:
            let hasBranch = try await service.branch(name, StarterPolicy.branch) != nil
            var isOffered = false
            if hasBranch {
                isOffered = try await service.recentPulls(name).contains {
                    $0.pullRequest.headBranch.isExactly(StarterPolicy.branch)
                }
            }
            if request.offersPolicy, !isOffered {
                plan.changes.append(.offerPolicy(name, hasBranch: hasBranch))
            } else {
                plan.left.append("`\(name)`: there is no policy on `\(base)` yet; nothing is required before there is")
            }
            return
        case .broken, .unknown:
            plan.left.append("`\(name)`: its policy is not valid, or could not be read: `countersign doctor \(name)`")
            return
        }
        let summary = Policy.summaryContext(base: base)
        let rules = try await forge.protectionRules(of: name, .administrator)
        let rule = rules.governing(base)
        if let rule, rule.isStatusCheckEnabled, rule.contexts.contains(where: { $0.isExactly(summary) }) { return }
        guard try await wasPosted(summary, name, base, service) else {
            plan.left.append(
                "`\(name)`: `\(summary)` was not posted yet: open a pull request, run `countersign refire \(name)`, "
                    + "then this again")
            return
        }
        let before = ProvisioningLedger.Rule(
            repository: "\(name)", name: rule?.name ?? base, existed: rule != nil,
            askedForStatuses: rule?.isStatusCheckEnabled ?? false, contexts: rule?.contexts ?? [])
        let kept = before.askedForStatuses ? before.contexts : []
        plan.changes.append(.require(name, before, contexts: kept + [summary]))
    }

    private func wasPosted(
        _ summary: String, _ name: RepositoryName, _ base: String, _ service: ForgeClient
    ) async throws -> Bool {
        let account = try await service.identity(.service)
        let pulls = try await service.recentPulls(name).filter { $0.pullRequest.baseBranch.isExactly(base) }
        for pull in pulls.prefix(10) {
            let rows = try await service.statuses(name, of: pull.pullRequest.head, all: false)
            if rows.contains(where: { $0.context.isExactly(summary) && $0.creator == account }) { return true }
        }
        return false
    }
}
