import GateForge
import GatePolicy

/// Deliveries arrive, and carry a signature made with our secret.
enum HookSecret: Check {
    static let id = "hook.secret"
    static let area = Area.hooks
    static let promise = "deliveries arrive with the right signature"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.hooked {
            guard let ours = examination.ourHooks(of: repository) else {
                outcome.skip(Examination.unseenHooks)
                continue
            }
            for hook in ours where hook.isActive {
                guard let delivery = examination.deliveries[hook.id] else {
                    outcome.skip("no service is running that could say whether a test delivery came in")
                    continue
                }
                outcome.add(finding(delivery, hook, repository, examination))
            }
        }
        return outcome
    }

    private static func finding(
        _ delivery: DeliveryEvidence, _ hook: Webhook, _ repository: RepositoryEvidence, _ examination: Examination
    ) -> Finding? {
        let asked = ["`POST \(hook.place.path)/\(hook.id)/tests` with an administrator's token"]
        switch delivery {
        case .verified: return nil
        case .badSignature:
            let body = JSONText.of(["config": ["url": hook.url, "content_type": "json", "secret": "SECRET"]])
            return Finding(
                .blocking, "\(repository.name)", asked: asked,
                answer: "the delivery came in, and its signature is not made with our secret",
                meaning: "every delivery is refused: the webhook's secret is another one",
                blocks: [Blocked("\(repository.name)")],
                cure: Cure(
                    .tell("put the service's hook secret in the place of SECRET:"),
                    examination.change(hook, body, repository)))
        case .nothing:
            return Finding(
                .blocking, "\(repository.name)", asked: asked, answer: "the delivery did not come in",
                meaning: "something on the way holds it back; by default the forge calls no private addresses",
                blocks: [Blocked("\(repository.name)")],
                cure: Cure(
                    .tell("add the service's host to `[webhook] ALLOWED_HOST_LIST` in the forge's settings")))
        }
    }
}
