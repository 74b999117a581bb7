import GateForge
import GatePolicy

extension Provisioning {
    /// How long a delivery may be on its way: twice what the forge gives one (`webhook.DELIVER_TIMEOUT`, 5 s).
    private static let deliveryTime = Duration.seconds(10)

    func makeHook(_ url: String, _ file: String, _ place: Webhook.Place) async throws {
        var secret = hookSecret(file)
        if secret == nil {
            let fresh = desk.secret()
            if desk.read(file) == nil { try note { $0.note(file: file) } }
            try desk.write(file, fresh + "\n")
            _ = try await desk.reload()
            secret = fresh
        }
        let hook = ProvisioningLedger.Hook(place: place, url: url)
        try note { $0.hooks = ($0.hooks ?? []).filter { $0 != hook } + [hook] }
        _ = try await forge.makeWebhook(at: place, url: url, secret: try Token(secret ?? ""))
    }

    /// The forge changes no secret of a webhook: another one takes its place.
    func renew(_ hooks: [Webhook], _ url: String, _ file: String) async throws {
        let secret = desk.secret()
        let token = try Token(secret)
        try noteRenewal(of: hooks, url, file)
        // A service that runs here knows both until nothing is on the way any more that is signed with the old one.
        try desk.write(file, secret + "\n" + (hookSecret(file) == nil ? "" : Self.signing(desk.read(file) ?? "")))
        let isReloaded = try await desk.reload()
        var old: [Webhook] = []
        var refusal: ForgeError?
        for place in ProvisioningChange.places(of: hooks) where refusal == nil {
            let others = hooks.filter { $0.place == place }
            do throws(ForgeError) {
                _ = try await forge.makeWebhook(at: place, url: url, secret: token, for: others)
                old += others
            } catch {
                guard error.isRefusal else { throw error }
                refusal = error
            }
        }
        // With a webhook goes what it still has to deliver, and of that the new one was not told.
        if isReloaded, !old.isEmpty {
            try await desk.wait(Self.deliveryTime, "what the old webhook still has to deliver")
        }
        for hook in old { try await forge.deleteWebhook(hook.id, at: hook.place) }
        if let refusal { throw refusal }
        if isReloaded { try await desk.wait(Self.deliveryTime, "deliveries of the old webhook that are on the way") }
        try desk.write(file, secret + "\n")
        if isReloaded { _ = try await desk.reload() }
        try note { $0.isRenewingHook = nil }
    }

    /// Notes what was there before, and that both secrets may be in use.
    private func noteRenewal(of hooks: [Webhook], _ url: String, _ file: String) throws {
        let isNew = desk.read(file) == nil
        try note { ledger in
            ledger.isRenewingHook = true
            if isNew { ledger.note(file: file) }
            let made = ledger.madeHooks(to: url)
            let noted = ledger.renewedHooks ?? []
            let others = ProvisioningChange.places(of: hooks).filter { place in
                // What is there now may be ours already, of a run that was cut.
                !made.contains(place) && !noted.contains { $0.place == place && $0.url == url }
            }
            ledger.renewedHooks =
                noted
                + others.map { place in
                    let old = hooks.filter { $0.place == place }.map { ProvisioningLedger.Hook.State($0) }
                    return ProvisioningLedger.Hook(place: place, url: url, was: old)
                }
        }
    }

    /// The secrets that the forge may still sign with: where renewal was cut more often than the service takes secrets,
    /// the newest and the oldest.
    private static func signing(_ text: String) -> String {
        let secrets = text.split(whereSeparator: \.isNewline)
        let room = WebhookSecrets.maximumCount - 1
        if secrets.count <= room { return text }
        return (secrets.prefix(room - 1) + secrets.suffix(1)).joined(separator: "\n") + "\n"
    }

    /// The secret that new webhooks get: the first in the file; nil where there is none.
    func hookSecret(_ file: String) -> String? { hookSecrets(file).first }

    private func hookSecrets(_ file: String) -> [String] {
        let text = desk.read(file) ?? ""
        return text.allSatisfy(\.isWhitespace) ? [] : text.split(whereSeparator: \.isNewline).map(String.init)
    }

    /// Refuses to sign with what the service would not take.
    func requireHookSecret(_ file: String) throws(ProvisioningError) {
        let secrets = hookSecrets(file)
        guard let first = secrets.first else { return }
        do throws(ForgeSettingsError) {
            _ = try WebhookSecrets(secrets)
            _ = try Token(first)
        } catch {
            throw ProvisioningError(
                description:
                    "`\(file)`: \(error.problem): put the webhook's secret there, or take the file away, and it "
                    + "gets a fresh one; nothing was made")
        }
    }
}
