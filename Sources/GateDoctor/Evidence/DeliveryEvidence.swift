import GateForge
import GatePolicy

/// What became of a delivery.
public enum DeliveryEvidence: Sendable, Hashable {
    /// It came in, with the right signature.
    case verified
    /// It came in, with another signature.
    case badSignature
    /// It came in without a signature.
    case unsigned
    /// It did not come in.
    case nothing
}

extension Examination {
    /// Seconds by which two clocks may differ without a finding.
    private static let clockTolerance: Int64 = 30

    /// What the running service says of itself.
    var running: ServiceEvidence? { if case .running(let evidence)? = service { evidence } else { nil } }

    /// The same, for a check: where a service should run and does not answer, nothing is known of it.
    func running(_ outcome: inout CheckOutcome) -> ServiceEvidence? {
        if running == nil, service != nil, let unheard { outcome.skip(unheard) }
        return running
    }

    /// What became of the deliveries of a webhook of ours; nil when that is not known.
    ///
    /// A webhook of a repository was tested; of an organisation's the pull requests tell that were opened since.
    func delivery(of hook: Webhook, for repository: RepositoryEvidence) -> DeliveryEvidence? {
        if let tested = deliveries[hook.id] { return tested }
        guard let heard = running?.deliveries, case .organization(let name) = hook.place else { return nil }
        // What was before the webhook's last change says nothing of it as it is.
        let since = max(heard.since, hook.updatedAt ?? heard.since)
        if let opened = untold(of: repository, heard, since: since) {
            let from = opened.seconds - Self.clockTolerance
            if let last = heard.forged.last, last.seconds >= from { return .badSignature }
            if let last = heard.unsigned.last, last.seconds >= from { return .unsigned }
            return .nothing
        }
        let isHeard = heard.last.contains { $0.key.hasPrefix("\(name.lowercased())/") && $0.value >= since }
        return isHeard ? .verified : nil
    }

    /// When the newest pull request was opened that no delivery told of.
    private func untold(
        of repository: RepositoryEvidence, _ heard: ServiceEvidence.Deliveries, since: Timestamp
    ) -> Timestamp? {
        guard case .success(let pulls) = repository.pulls, let opened = pulls.map(\.pullRequest.createdAt).max(),
            opened > since
        else { return nil }
        let last = heard.last[repository.name.description.lowercased()]
        return (last.map { $0.seconds < opened.seconds - Self.clockTolerance } ?? true) ? opened : nil
    }

    /// Why deliveries cannot be told of without a service, and how to have one.
    var unheard: String? {
        switch service {
        case .running: nil
        case .silent: "the service does not answer: see `service.running`"
        case .absent: "no service runs here: see `service.running`"
        case nil: "no service was looked for"
        }
    }
}
