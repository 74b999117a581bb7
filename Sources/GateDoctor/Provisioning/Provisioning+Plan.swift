import GateForge
import GatePolicy

extension Provisioning {
    /// What is there, what is missing, and what must wait.
    /// - Parameter foresees: whether what other changes of the plan make possible is in it, too.
    public func plan(rotates: Bool? = nil, foresees: Bool = true) async throws -> Plan {
        var plan = Plan()
        let ledger = try ledger()
        let rotates = rotates ?? request.rotates
        if try await !forge.accountExists(request.account) { plan.changes.append(.makeAccount(request.account)) }
        try await planned("the team", &plan) { try await planTeam(&$0, ledger) }
        var old: [ProvisioningChange] = []
        for credential in [Credential.service, .directory] {
            let stale = try await planToken(&plan, ledger, credential, rotates)
            if !stale.isEmpty { old.append(.endTokens(credential, stale)) }
        }
        let makesDirectoryToken = plan.changes.contains { change in
            if case .makeToken(.directory, _, _, _) = change { true } else { false }
        }
        if makesDirectoryToken || request.namesDirectoryOwner { try await requireOwner(request.login(.directory)) }
        try await planSecrets(&plan, ledger)
        // What CI and the service hold goes last.
        plan.changes += old
        try await planHook(&plan, ledger, rotates)
        try await planned("the protection of branches", &plan) { try await planProtection(&$0, foresees: foresees) }
        return plan
    }

    /// Plans a part; where the right to look at what is there is missing, the rest is planned, and that is told.
    func planned(_ what: String, _ plan: inout Plan, _ body: (inout Plan) async throws -> Void) async throws {
        do {
            try await body(&plan)
        } catch let error as ForgeError where [.refused, .missingScope].contains(error.cause) {
            let eyes =
                error.call.credential == .administrator
                ? "the administrator's credential" : "`\(error.call.credential)`"
            plan.left.append("\(what): what is there cannot be seen with \(eyes): \(error)")
        }
    }

    private func planTeam(_ plan: inout Plan, _ ledger: ProvisioningLedger) async throws {
        let name = Self.name
        let isEverywhere = request.repositories.isEmpty
        guard let team = try await teams().first(where: { $0.isCalled(name) }) else {
            if try await mayWriteAlready() { return }
            plan.changes.append(.makeTeam(name, everywhere: isEverywhere))
            plan.changes += request.repositories.map { .giveRepository($0, team: name) }
            plan.changes.append(.joinTeam(request.account, team: name))
            return
        }
        if team.mayWriteCode == false {
            plan.left.append(
                "the team `\(team.name)` was there before, and may not write code: let it write (`repo.code`), or take "
                    + "it away, then run this again")
        }
        if team.hasAllRepositories != true {
            if isEverywhere {
                if ledger.team == name {
                    plan.changes.append(.widenTeam(name))
                } else {
                    plan.left.append("the team `\(team.name)` was there before, and does not have all repositories")
                }
            } else {
                let given = try await forge.repositories(ofTeam: team.id).map { "\($0)".lowercased() }
                plan.changes += request.repositories.filter { !given.contains("\($0)".lowercased()) }
                    .map { .giveRepository($0, team: name) }
            }
        }
        let members = try await forge.members(ofTeam: team.id, .administrator)
        if !members.contains(where: { $0.login.lowercased() == request.account.lowercased() }) {
            plan.changes.append(.joinTeam(request.account, team: name))
        }
    }

    /// The organisation's teams; without the organisation nothing is made, in whatever name.
    private func teams() async throws -> [OrganizationTeam] {
        do {
            return try await forge.teams(of: request.organization, .administrator)
        } catch {
            guard case .notFound = error.kind else { throw error }
            throw ProvisioningError(
                description: "there is no organisation `\(request.organization)`, or the administrator's credential is "
                    + "not shown it: nothing was made")
        }
    }

    /// Whether an account that was there before may write already, by ways of its own.
    private func mayWriteAlready() async throws -> Bool {
        guard let service = try stored(request.tokenFile).map({ try client($0, nil) }) else { return false }
        let shown = try? await service.ownRepositories()
        await service.shutdown()
        let writable = Set((shown ?? []).filter(\.mayPush).map(\.repository.id))
        var wanted = try await forge.shownRepositories(of: request.organization, .administrator)
            .filter { !$0.repository.isArchived && !$0.repository.isEmpty }
        if !request.repositories.isEmpty {
            let named = Set(request.repositories.map { "\($0)".lowercased() })
            wanted.removeAll { !named.contains("\($0.repository.name)".lowercased()) }
            if wanted.count < named.count { return false }
        }
        return !wanted.isEmpty && wanted.allSatisfy { writable.contains($0.repository.id) }
    }

    private func planHook(_ plan: inout Plan, _ ledger: ProvisioningLedger, _ rotates: Bool) async throws {
        guard let url = request.hookURL else { return }
        let file = request.hookSecretFile
        try requireHookSecret(file)
        var hooks: [Webhook] = []
        var bare: [Webhook.Place] = []
        // The organisation's webhook tells of each of its repositories; who administers one alone is not shown it.
        let above = request.repositories.isEmpty ? [] : await webhooksOfOrganization(url)
        for place in request.places {
            var own: [Webhook]?
            // What is not shown of one repository says nothing of the others.
            try await planned("the webhook of `\(place)`", &plan) { _ in
                own = try await forge.webhooks(at: place).filter { $0.calls(url) }
            }
            guard let own else { continue }
            // A renewal that was cut leaves two of them.
            let found = own.isEmpty ? above : own
            hooks += found.filter { !hooks.contains($0) }
            if found.isEmpty { bare.append(place) }
        }
        if !hooks.isEmpty, hookSecret(file) == nil || rotates || ledger.isRenewingHook == true {
            plan.changes.append(.renewHooks(hooks, url: url, file: file))
        }
        if !bare.isEmpty, let ofSite = await webhookOfSite(url) {
            noteSiteHook(ofSite, url, file, &plan)
            return
        }
        plan.changes += bare.map { .makeHook(url: url, file: file, at: $0) }
    }

    /// A webhook of the whole site tells of every repository; only a site administrator is shown it.
    private func webhookOfSite(_ url: String) async -> Webhook? {
        (try? await forge.webhooks(at: .site))?.first { $0.calls(url) && $0.isOfForge }
    }

    /// It is not ours to change: others may hear by it, and its secret is known to whoever made it.
    private func noteSiteHook(_ hook: Webhook, _ url: String, _ file: String, _ plan: inout Plan) {
        plan.stays.append(
            "webhook \(hook.id) of the whole site calls \(url): none is made besides, and its secret stays what it is, "
                + "also with `--rotate`; whether that is the one in `\(file)` nobody can read: `hook.secret` tells it by "
                + "what comes in")
        if hookSecret(file) == nil {
            plan.left.append(
                "put the secret of webhook \(hook.id) of the whole site into `\(file)`, and run this again")
        }
    }

    private func webhooksOfOrganization(_ url: String) async -> [Webhook] {
        let shown = try? await forge.webhooks(at: .organization(request.organization))
        return (shown ?? []).filter { $0.calls(url) }
    }
}
