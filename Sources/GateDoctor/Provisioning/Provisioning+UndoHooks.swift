import GateForge
import GatePolicy

extension Provisioning {
    /// Makes the webhooks that hang in the place of others what those were, as far as the forge showed it.
    func restore(_ replaced: ProvisioningLedger.Hook, _ ledger: ProvisioningLedger) async throws -> String {
        let secret =
            ledger.has(file: request.hookSecretFile)
            ? "a secret that is gone: set it anew" : "the secret in `\(request.hookSecretFile)`"
        guard let states = replaced.was else {
            return "was there before, and nobody noted what it was: the one in its place stays, with \(secret)"
        }
        // After a run that was cut old ones may stand beside the one that was to take their place.
        let shown = try await forge.webhooks(at: replaced.place).filter { $0.calls(replaced.url) }
        let known = Set(states.map(\.id))
        let standing = shown.filter { known.contains($0.id) } + shown.filter { !known.contains($0.id) }
        guard let first = standing.first else { return "was there before, and is gone since: that stays" }
        if standing.map(\.id) == states.map(\.id) { return "was there before, and stays: none came in its place" }
        for (index, state) in states.enumerated() {
            let old = state.webhook(like: first)
            if index >= standing.count {
                try await forge.makeWebhook(
                    like: old, secret: Token(hookSecret(request.hookSecretFile) ?? desk.secret()))
            } else if !old.differences(from: standing[index]).isEmpty
                || (old.authorization == nil) != (standing[index].authorization == nil)
            {
                try await forge.change(standing[index].id, to: old)
            }
        }
        for surplus in standing.dropFirst(states.count) {
            try await forge.deleteWebhook(surplus.id, at: surplus.place)
        }
        let ids = states.map { "\($0.id)" }.joined(separator: " and ")
        let was = states.map(\.text).joined(separator: "; ")
        return "is as \(ids) was before (\(was)), but for its number, and with \(secret)"
    }

    /// How somebody with the right does it.
    func byHand(_ replaced: ProvisioningLedger.Hook) -> [Cure.Step] {
        guard let state = replaced.was?.first else { return [] }
        let old = state.webhook(
            like: Webhook(id: 0, place: replaced.place, url: replaced.url, events: [], isActive: true))
        let change = HookChange(
            active: old.isActive, config: ["content_type": old.isJSON ? "json" : "form"], events: old.eventNames,
            branch_filter: old.branchFilter, authorization_header: state.hasAuthorization ? "AUTHORIZATION" : nil)
        let person = ForgeRequest.Person.whoHasTheRight(at: replaced.place)
        return [
            .call(ForgeRequest("GET", replaced.place.path, by: person)),
            .tell(
                "then with the `id` of that to \(replaced.url) in the place of HOOK"
                    + (state.hasAuthorization ? ", and its `authorization_header` in the place of AUTHORIZATION:" : ":")
            ),
            .call(ForgeRequest("PATCH", "\(replaced.place.path)/HOOK", body: JSONText.of(change), by: person)),
        ]
    }
}
