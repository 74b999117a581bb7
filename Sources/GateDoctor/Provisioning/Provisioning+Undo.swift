import GateForge
import GatePolicy

extension Provisioning {
    /// Takes back what was made, the last first.
    public func undo(progress: (String) -> Void) async throws {
        let ledger = try ledger()
        let organization = request.organization
        for rule in ledger.rules.reversed() {
            guard let name = RepositoryName(rule.repository) else { continue }
            if rule.existed {
                try await forge.changeRule(
                    rule.name, of: name, asksForStatuses: rule.askedForStatuses, contexts: rule.contexts)
            } else {
                try await forge.deleteRule(rule.name, of: name)
            }
            progress("the protection of `\(rule.name)` of `\(name)` is as it was")
        }
        for offer in ledger.offers ?? [] {
            guard let repository = RepositoryName(offer.repository) else { continue }
            let isWithdrawn = try await forge.withdrawOffer(
                offer.number, in: repository, branch: StarterPolicy.branch)
            progress(
                isWithdrawn
                    ? "the policy that `\(repository)` was offered is withdrawn"
                    : "the policy that `\(repository)` was offered is merged, or was declined: that stays as it is")
        }
        for secret in ledger.secrets {
            try await forge.deleteSecret(secret, at: .organization(organization))
            progress("the Actions secret `\(secret)` is gone")
        }
        for secret in ledger.repositorySecrets ?? [] {
            try await forge.deleteSecret(secret.name, at: .repository(secret.repository))
            progress("the Actions secret `\(secret.name)` of `\(secret.repository)` is gone")
        }
        if let url = ledger.hookURL {
            for place in ledger.hookPlaces ?? [.organization(organization)] {
                for hook in try await forge.webhooks(at: place) where hook.url == url {
                    try await forge.deleteWebhook(hook.id, at: hook.place)
                }
                progress("the webhook of `\(place)` is gone")
            }
        }
        for token in ledger.tokens where token.login != ledger.account {
            try await forge.deleteToken(token.name, of: token.login)
            progress("the token `\(token.name)` of `\(token.login)` is gone")
        }
        for joined in ledger.joined ?? [] where joined.login != ledger.account {
            for found in try await forge.teams(of: organization, .administrator) where found.name == joined.team {
                try await forge.remove(joined.login, fromTeam: found.id)
            }
            progress("`\(joined.login)` is no longer in the team `\(joined.team)`")
        }
        if let team = ledger.team {
            for found in try await forge.teams(of: organization, .administrator) where found.name == team {
                try await forge.deleteTeam(found.id)
            }
            progress("the team `\(team)` is gone")
        }
        if let account = ledger.account {
            try await forge.deleteAccount(account)
            progress("the account `\(account)` is gone")
        }
        for file in [request.tokenFile, request.directoryTokenFile, request.hookSecretFile, request.ledgerFile] {
            try desk.remove(file)
        }
    }
}
