import GateForge
import GatePolicy

/// Deliveries carry a signature made with our secret.
enum HookSecret: Check {
    static let id = "hook.secret"
    static let area = Area.hooks
    static let promise = "deliveries are signed with the service's secret"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for (hook, repositories) in examination.hearings(&outcome) {
            switch verdict(repositories.compactMap { examination.delivery(of: hook, for: $0) }) {
            case nil:
                outcome.skip(
                    examination.whyUnproven(hook)
                        ?? "nothing is known to have come in by webhook \(hook.id): see `\(HookHeard.id)`")
            case .verified: outcome.add(nil)
            case .nothing: outcome.skip("nothing came in that could be signed: see `\(HookHeard.id)`")
            case .badSignature:
                outcome.add(
                    finding(
                        hook, repositories, examination,
                        answer: "deliveries come in, and their signature is not made with our secret",
                        meaning: "every delivery is refused: the webhook's secret is another one"))
            case .unsigned:
                outcome.add(
                    finding(
                        hook, repositories, examination, answer: "deliveries come in without a signature",
                        meaning: "every delivery is refused: the webhook has no secret"))
            }
        }
        return outcome
    }

    /// What all repositories of one webhook tell of its secret: the worst that any of them shows.
    private static func verdict(_ evidence: [DeliveryEvidence]) -> DeliveryEvidence? {
        [.badSignature, .unsigned, .verified, .nothing].first { evidence.contains($0) }
    }

    private static func finding(
        _ hook: Webhook, _ repositories: [RepositoryEvidence], _ examination: Examination, answer: String,
        meaning: String
    ) -> Finding {
        let unheard = repositories.filter { !examination.isHeardBesides(hook, $0) }
        if unheard.isEmpty, case .repository = hook.place {
            return Finding(
                .warning, hook.place.description, asked: examination.hearing(of: hook), answer: answer,
                meaning: meaning + "; another one that calls us is right, so that nothing is held up",
                cure: Cure(examination.removal(of: hook)))
        }
        var steps = hook.place == .site ? [secretOfSite(hook)] : examination.replacement(of: hook)
        if hook.place.isOfMany {
            // Only the next delivery can show it.
            let place = hook.place == .site ? "" : " of it"
            steps.append(
                .tell("then write a comment on a pull request\(place): its delivery shows whether it is right"))
        }
        steps.append(examination.refireAll(hook.place))
        // The webhook of an organisation or a site is for repositories, too, that nobody looked at.
        return Finding(
            unheard.isEmpty ? .warning : .blocking, hook.place.description, asked: examination.hearing(of: hook),
            answer: answer, meaning: meaning, blocks: unheard.map { Blocked("\($0.name)") }, cure: Cure(steps))
    }

    /// Its page changes the secret, which the API does not.
    private static func secretOfSite(_ hook: Webhook) -> Cure.Step {
        .tell(
            "on the forge's page of system webhooks (Site Administration) put the service's hook secret into webhook "
                + "\(hook.id): a site administrator may")
    }
}
