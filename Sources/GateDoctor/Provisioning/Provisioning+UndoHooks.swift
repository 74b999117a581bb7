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
        var others = shown.filter { !known.contains($0.id) }
        guard let like = others.first ?? shown.first else { return "was there before, and is gone since: that stays" }
        if Set(shown.map(\.id)) == known { return "was there before, and stays: none came in its place" }
        var anew: [ProvisioningLedger.Hook.State] = []
        for state in states {
            if let own = shown.first(where: { $0.id == state.id }) {
                try await give(own, state)
                continue
            }
            anew.append(state)
            if others.isEmpty {
                try await forge.makeWebhook(
                    like: state.webhook(like: like),
                    secret: Token(hookSecret(request.hookSecretFile) ?? desk.secret()))
            } else {
                try await give(others.removeFirst(), state)
            }
        }
        for surplus in others { try await forge.deleteWebhook(surplus.id, at: surplus.place) }
        if anew.isEmpty { return "was there before, and stays: what was to take its place is gone" }
        let kept = states.map(\.id).filter { id in !anew.contains { $0.id == id } }
        let stays = kept.isEmpty ? "" : "stays as \(kept.map { "\($0)" }.joined(separator: " and ")), and "
        let ids = anew.map { "\($0.id)" }.joined(separator: " and ")
        let was = anew.map(\.text).joined(separator: "; ")
        return "\(stays)is as \(ids) was before (\(was)), but for its number, and with \(secret)"
    }

    /// Makes a webhook what one was, where it is not that already.
    private func give(_ hook: Webhook, _ state: ProvisioningLedger.Hook.State) async throws {
        let old = state.webhook(like: hook)
        guard !old.differences(from: hook).isEmpty || (old.authorization == nil) != (hook.authorization == nil) else {
            return
        }
        try await forge.change(hook.id, to: old)
    }

    /// How somebody with the right does it: one stands, and any others are made anew.
    func byHand(_ replaced: ProvisioningLedger.Hook) -> [Cure.Step] {
        guard let states = replaced.was, let first = states.first else { return [] }
        let person = ForgeRequest.Person.whoHasTheRight(at: replaced.place)
        func authorization(_ state: ProvisioningLedger.Hook.State) -> String {
            state.hasAuthorization ? ", and its `authorization_header` in the place of AUTHORIZATION:" : ":"
        }
        func old(_ state: ProvisioningLedger.Hook.State) -> Webhook {
            state.webhook(
                like: Webhook(id: 0, place: replaced.place, url: replaced.url, events: [], isActive: true))
        }
        let hook = old(first)
        let change = HookChange(
            active: hook.isActive, config: ["content_type": hook.isJSON ? "json" : "form"], events: hook.eventNames,
            branch_filter: hook.branchFilter, authorization_header: first.hasAuthorization ? "AUTHORIZATION" : nil)
        let others = states.dropFirst().flatMap { state -> [Cure.Step] in
            var new = NewHook(like: old(state))
            new.config.url = "URL"
            new.authorization_header = state.hasAuthorization ? "AUTHORIZATION" : nil
            return [
                .tell(
                    "then make another one, as \(state.id) was: with the service's hook secret in the place of SECRET, the "
                        + "`url` of that one in the place of URL" + authorization(state)),
                .call(ForgeRequest("POST", replaced.place.path, body: JSONText.of(new), by: person)),
            ]
        }
        return [
            .call(ForgeRequest("GET", replaced.place.path, by: person)),
            .tell("then with the `id` of that to \(replaced.url) in the place of HOOK" + authorization(first)),
            .call(ForgeRequest("PATCH", "\(replaced.place.path)/HOOK", body: JSONText.of(change), by: person)),
        ] + others
    }
}
