import GateForge
import GatePolicy

extension Examiner {
    /// How often the service is asked whether a test came in, and how long it is waited for in between.
    private static let looks = (count: 100, pause: Duration.milliseconds(100))
    /// How many looks longer it is waited for a right delivery after a wrong one, which anybody can send.
    private static let patience = 10

    /// Tests the webhooks of repositories that call us, one after the other; nothing comes of it but the deliveries.
    ///
    /// The forge offers no test of an organisation's webhook.
    func deliveries(_ examination: inout Examination) async {
        guard let service, testsDeliveries, administrator != nil, examination.running != nil else { return }
        var silent: String?
        for repository in examination.hooked {
            for hook in examination.ourHooks(of: repository) ?? [] where hook.isActive && hook.isOfForge {
                guard case .repository = hook.place, examination.deliveries[hook.id] == nil else { continue }
                guard hook.events.contains("push"), hook.branchFilter.isEmpty || hook.branchFilter == "*" else {
                    examination.untested[hook.id] = "the forge tests a webhook by a push, which it does not tell of"
                    continue
                }
                if let silent {
                    examination.untested[hook.id] = "the test of `\(silent)` did not come in: that one first"
                    continue
                }
                do {
                    let evidence = try await test(hook, of: repository.name, service)
                    examination.deliveries[hook.id] = evidence
                    if evidence == .nothing { silent = repository.name.description }
                } catch {
                    examination.untested[hook.id] = "\(repository.name): \(error.reason)"
                }
            }
        }
    }

    private func test(
        _ hook: Webhook, of repository: RepositoryName, _ service: ServiceDoor
    ) async throws(ForgeError) -> DeliveryEvidence? {
        let key = repository.description.lowercased()
        guard case .running(let before) = await service.look() else { return nil }
        try await forge.testWebhook(hook.id, of: repository)
        var wrong: (evidence: DeliveryEvidence, looks: Int)?
        for look in 0..<Self.looks.count {
            guard case .running(let after) = await service.look() else { return nil }
            let heard = after.deliveries
            if heard.tests[key, default: 0] > before.deliveries.tests[key, default: 0] { return .verified }
            if let wrong, look - wrong.looks >= Self.patience { return wrong.evidence }
            if wrong == nil {
                if heard.forged.count > before.deliveries.forged.count { wrong = (.badSignature, look) }
                if heard.unsigned.count > before.deliveries.unsigned.count { wrong = (.unsigned, look) }
            }
            await service.wait(Self.looks.pause)
        }
        return wrong?.evidence ?? .nothing
    }
}
