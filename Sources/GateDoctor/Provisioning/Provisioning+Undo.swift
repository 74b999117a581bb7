import GateForge
import GatePolicy

extension Provisioning {
    /// Takes back what was made, the last first, and leaves alone what others have made of it since.
    /// - Returns: what could not be taken back; `provision.json` stays as long as there is any.
    public func undo(progress: @escaping (String) -> Void) async throws -> [Kept] {
        let ledger = try ledger()
        var undoing = Undoing(progress: progress, note: note)
        let gone = try await gone(ledger, &undoing)
        for rule in ledger.rules.reversed() where !gone.contains(rule.repository) {
            let steps = rule.existed ? [] : RepositoryName(rule.repository).map { [remove(rule.name, of: $0)] } ?? []
            try await undoing.take(
                "the protection of `\(rule.name)` of `\(rule.repository)`", steps, { $0.rules.removeAll { $0 == rule } }
            ) {
                try await undo(rule)
            }
        }
        for offer in ledger.offers ?? [] where !gone.contains(offer.repository) {
            guard let repository = RepositoryName(offer.repository) else { continue }
            try await undoing.take(
                "the policy that `\(repository)` was offered", [], { $0.offers?.removeAll { $0 == offer } }
            ) {
                switch try await forge.withdrawOffer(
                    offer.number, of: StarterPolicy.text, as: StarterPolicy.path, in: repository,
                    branch: StarterPolicy.branch, title: StarterPolicy.title)
                {
                case .gone: return "is gone, with its pull request"
                case .closed(let number, let reason):
                    return "is withdrawn: its pull request #\(number) is closed, and stays: \(reason)"
                case .over: return "is merged, or was declined: that stays as it is"
                }
            }
        }
        for secret in ledger.actionsSecrets ?? [] where !gone.contains(secret.place.description) {
            let path = "\(secret.place.secretsPath)/\(secret.name)"
            try await undoing.take(
                "the Actions secret `\(secret.name)` of `\(secret.place)`", delete(path, secret.place),
                { $0.actionsSecrets?.removeAll { $0 == secret } }
            ) {
                guard !secret.existed else {
                    return "was there before: it stays, and what it held cannot be given back: set it anew"
                }
                try await forge.deleteSecret(secret.name, at: secret.place)
                return "is gone"
            }
        }
        for made in ledger.hooks ?? [] where !gone.contains(made.place.description) {
            let steps =
                [.call(ForgeRequest("GET", made.place.path, by: .whoHasTheRight(at: made.place)))]
                + [Cure.Step.tell("then with the `id` of those to \(made.url) in the place of HOOK:")]
                + delete("\(made.place.path)/HOOK", made.place)
            try await undoing.take(
                "the webhook of `\(made.place)` to \(made.url)", steps, { $0.hooks?.removeAll { $0 == made } }
            ) {
                for hook in try await forge.webhooks(at: made.place) where hook.calls(made.url) {
                    try await forge.deleteWebhook(hook.id, at: hook.place)
                }
                return "is gone"
            }
        }
        for hook in ledger.renewedHooks ?? [] where !gone.contains(hook.place.description) {
            try await undoing.take(
                "the webhook of `\(hook.place)` to \(hook.url)", byHand(hook),
                { $0.renewedHooks?.removeAll { $0 == hook } }
            ) {
                try await restore(hook, ledger)
            }
        }
        for token in ledger.tokens where token.login != ledger.account {
            let call = ForgeRequest(
                "DELETE", "/users/\(token.login)/tokens/\(token.name)", by: .named(token.login))
            try await undoing.take(
                "the token `\(token.name)` of `\(token.login)`", [.call(call)], { $0.tokens.removeAll { $0 == token } }
            ) {
                try await forge.deleteToken(token.name, of: token.login)
                return "is gone"
            }
        }
        try await undoTeam(ledger, gone, &undoing)
        if let account = ledger.account {
            let call = ForgeRequest("DELETE", "/admin/users/\(account)?purge=true", by: .site)
            try await undoing.take(
                "the account `\(account)`", [.call(call)],
                { ledger in
                    ledger.account = nil
                    ledger.tokens.removeAll { $0.login == account }
                    ledger.joined?.removeAll { $0.login == account }
                }
            ) {
                try await forge.deleteAccount(account)
                return "is gone"
            }
        }
        guard undoing.kept.isEmpty else { return undoing.kept }
        // Files that were there before are somebody else's.
        for file in ledger.files ?? [] { try desk.remove("\(request.folder)/\(file)") }
        try desk.remove(request.ledgerFile)
        return []
    }

    /// The repositories that are not there any more; one that is only not shown is told, and passed over too.
    private func gone(_ ledger: ProvisioningLedger, _ undoing: inout Undoing) async throws -> Set<String> {
        var names = ledger.rules.map(\.repository) + (ledger.offers ?? []).map(\.repository)
        names += (ledger.grants ?? []).map(\.repository)
        for place in (ledger.actionsSecrets ?? []).map(\.place)
            + ((ledger.hooks ?? []) + (ledger.renewedHooks ?? [])).map(\.place)
        {
            if case .repository(let name) = place { names.append(name) }
        }
        var gone: Set<String> = []
        for text in Set(names).sorted() {
            guard let name = RepositoryName(text), try await !isShown(name) else { continue }
            gone.insert(text)
            if try await seesAll() {
                undoing.progress("`\(text)` is not there any more, and what was made there with it")
            } else {
                undoing.kept.append(
                    Kept(sentence: "`\(text)` is not there any more, or not shown to this administrator"))
            }
        }
        return gone
    }

    private func isShown(_ name: RepositoryName) async throws(ForgeError) -> Bool {
        do {
            _ = try await forge.rights(in: name, .administrator)
            return true
        } catch {
            guard error.isNotFound else { throw error }
            return false
        }
    }

    /// Whether all repositories of the organisation are shown: only to its owners and to site administrators.
    private func seesAll() async throws(ForgeError) -> Bool {
        do {
            _ = try await forge.webhooks(at: .organization(request.organization))
            return true
        } catch {
            guard error.isRefusal else { throw error }
            return false
        }
    }

    /// Takes our summaries out of a rule; one that was made, and that nobody has changed since, goes.
    private func undo(_ rule: ProvisioningLedger.Rule) async throws -> String {
        guard let name = RepositoryName(rule.repository),
            let now = try await forge.rule(rule.name, of: name)
        else { return "is gone already" }
        let others = now.contexts.filter { context in
            !rule.required.contains { $0.isExactly(context) } || rule.contexts.contains { $0.isExactly(context) }
        }
        let made: Set<String> = rule.bindsAdministrators == true ? ["block_admin_merge_override"] : []
        let isAsMade = rule.copied.map { $0.isLike(now) } ?? now.asksForNothingElse(but: made)
        let isNobodysSince = others.allSatisfy { context in rule.contexts.contains { $0.isExactly(context) } }
        if !rule.existed, isAsMade, isNobodysSince {
            try await forge.deleteRule(rule.name, of: name)
            return "is as it was"
        }
        let isAsked = rule.askedForStatuses || !isNobodysSince
        let statuses = RuleChange.statuses(
            isAsked ? others : rule.contexts, isAsked: now.isStatusCheckEnabled && isAsked)
        try await forge.protect(name, RuleChange(rule: rule.name, isNew: false, settings: statuses))
        let isAsBefore = rule.existed && others.count == rule.contexts.count && isNobodysSince
        return isAsBefore || !isAsked ? "is as it was" : "was changed by others since: it stays, without ours"
    }

    private func undoTeam(
        _ ledger: ProvisioningLedger, _ gone: Set<String>, _ undoing: inout Undoing
    ) async throws {
        func found(_ name: String) async throws -> [OrganizationTeam] {
            try await forge.teams(of: request.organization, .administrator).filter { $0.isCalled(name) }
        }
        for joined in ledger.joined ?? [] where joined.login != ledger.account {
            try await undoing.take(
                "`\(joined.login)`", byHand(joined.team, "/members/\(joined.login)"),
                { $0.joined?.removeAll { $0 == joined } }
            ) {
                for team in try await found(joined.team) { try await forge.remove(joined.login, fromTeam: team.id) }
                return "is no longer in the team `\(joined.team)`"
            }
        }
        for grant in ledger.grants ?? [] where grant.team != ledger.team && !gone.contains(grant.repository) {
            guard let repository = RepositoryName(grant.repository) else { continue }
            try await undoing.take(
                "`\(repository)`", byHand(grant.team, "/repos/\(repository)"), { $0.grants?.removeAll { $0 == grant } }
            ) {
                for team in try await found(grant.team) { try await forge.remove(repository, fromTeam: team.id) }
                return "is no longer the team `\(grant.team)`'s"
            }
        }
        if let name = ledger.team {
            try await undoing.take(
                "the team `\(name)`", byHand(name, ""),
                { ledger in
                    ledger.team = nil
                    ledger.grants?.removeAll { $0.team == name }
                }
            ) {
                for team in try await found(name) { try await forge.deleteTeam(team.id) }
                return "is gone"
            }
        }
    }
}

extension Provisioning {
    /// What could not be taken back.
    public struct Kept: Sendable {
        /// What, and why.
        public var sentence: String
        /// How somebody with the right does it.
        public var steps: [Cure.Step] = []
    }

    private func remove(_ rule: String, of repository: RepositoryName) -> Cure.Step {
        .call(
            ForgeRequest(
                "DELETE", "/repos/\(repository)/branch_protections/\(ForgeRequest.segment(rule))",
                by: .administrator(of: "\(repository)")))
    }

    private func delete(_ path: String, _ place: Webhook.Place) -> [Cure.Step] {
        [.call(ForgeRequest("DELETE", path, by: .whoHasTheRight(at: place)))]
    }

    /// Something of a team, or the team itself.
    private func byHand(_ team: String, _ path: String) -> [Cure.Step] {
        let owner = ForgeRequest.Person.owner(of: request.organization)
        return ProvisioningChange.find(team, "/orgs/\(request.organization)", owner)
            + [.call(ForgeRequest("DELETE", "/teams/TEAM\(path)", by: owner))]
    }
}

/// One way back: each thing for itself, so that one that is refused does not keep the others.
private struct Undoing {
    let progress: (String) -> Void
    let note: ((inout ProvisioningLedger) -> Void) throws -> Void
    var kept: [Provisioning.Kept] = []

    /// - Parameters:
    ///   - steps: how somebody with the right does it, where this is refused.
    ///   - forget: takes it out of the ledger, so that it is not taken back, and told, a second time.
    mutating func take(
        _ what: String, _ steps: [Cure.Step], _ forget: (inout ProvisioningLedger) -> Void,
        _ body: () async throws -> String
    ) async throws {
        do {
            let fate = try await body()
            try note(forget)
            progress("\(what) \(fate)")
        } catch let error as ForgeError where error.isRefusal {
            kept.append(Provisioning.Kept(sentence: "\(what): \(error.reason)", steps: steps))
        }
    }
}
