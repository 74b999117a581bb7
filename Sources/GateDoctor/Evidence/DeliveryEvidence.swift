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
    /// A webhook of a repository was tested; of an organisation's, or the whole site's, the pull requests tell that were
    /// opened since.
    func delivery(of hook: Webhook, for repository: RepositoryEvidence) -> DeliveryEvidence? {
        if let tested = deliveries[hook.id] { return tested }
        guard let heard = running?.deliveries, hook.place.isOfMany else { return nil }
        let since = beginning(of: hook, heard)
        if let opened = untold(of: repository, heard, since: since) {
            let from = opened.seconds - Self.clockTolerance
            if let last = heard.forged.last, last.seconds >= from { return .badSignature }
            if let last = heard.unsigned.last, last.seconds >= from { return .unsigned }
            return .nothing
        }
        guard rivals(of: hook).isEmpty else { return nil }
        let right = lastRight(by: hook, heard)
        if let refused = heard.lastRefused, refused.at >= right ?? since {
            return moved(repository, heard, at: refused.at) ? refused.evidence : nil
        }
        return right == nil ? nil : .verified
    }

    /// Why what came in proves nothing of a webhook; nil where it is only that nothing did.
    func whyUnproven(_ hook: Webhook) -> String? {
        guard let heard = running?.deliveries, hook.place.isOfMany else { return nil }
        if let rival = rivals(of: hook).first {
            let both =
                rival.place == hook.place
                ? "webhooks \(min(hook.id, rival.id)) and \(max(hook.id, rival.id)) of `\(hook.place)`"
                : "webhook \(hook.id) of `\(hook.place)` and webhook \(rival.id) of `\(rival.place)`"
            return "\(both) both call the service: what came in proves neither of them; one is enough"
        }
        let right = lastRight(by: hook, heard) ?? beginning(of: hook, heard)
        guard let refused = heard.lastRefused, refused.at >= right else { return nil }
        return
            "the last delivery was refused, and none by webhook \(hook.id) came in since that was right: whether its "
            + "secret is the service's the next one shows"
    }

    /// What was before the webhook's last change says nothing of it as it is.
    private func beginning(of hook: Webhook, _ heard: ServiceEvidence.Deliveries) -> Timestamp {
        max(heard.since, hook.updatedAt ?? heard.since)
    }

    /// Others that call us for every repository for which this one does.
    private func rivals(of hook: Webhook) -> [Webhook] {
        let ofSite = (try? siteHooks?.get()) ?? []
        let beside = hook.place == .site ? [] : (try? organization("\(hook.place)")?.hooks?.get()) ?? []
        return (beside + ofSite).filter { $0.id != hook.id && $0.isActive && isOurs($0) }
    }

    /// The last right delivery that only this webhook of an organisation, or of the whole site, can have made: not one of
    /// a repository that has another one of its own or of its organisation, or may have.
    private func lastRight(by hook: Webhook, _ heard: ServiceEvidence.Deliveries) -> Timestamp? {
        let since = beginning(of: hook, heard)
        let alone = repositories.filter { repository in
            let owner = repository.name.owner
            if hook.place != .site, owner.lowercased() != "\(hook.place)".lowercased() { return false }
            guard case .success(var hooks)? = repository.hooks else { return false }
            if hook.place == .site, let organization = organization(owner), !organization.isUser {
                guard case .success(let above)? = organization.hooks else { return false }
                hooks += above
            }
            return !hooks.contains { $0.isActive && isOurs($0) }
        }
        return alone.compactMap { heard.last[$0.name.description.lowercased()] }.filter { $0 >= since }.max()
    }

    /// Whether a pull request moved when a delivery was refused, and no right one told of it: anybody can have
    /// deliveries refused, but not at that very moment.
    private func moved(
        _ repository: RepositoryEvidence, _ heard: ServiceEvidence.Deliveries, at refusal: Timestamp
    ) -> Bool {
        guard case .success(let pulls) = repository.pulls, let moved = pulls.map(\.moved).max() else { return false }
        let last = heard.last[repository.name.description.lowercased()]
        let isUntold = last.map { $0.seconds < moved.seconds - Self.clockTolerance } ?? true
        return isUntold && abs(refusal.seconds - moved.seconds) <= Self.clockTolerance
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

extension ServiceEvidence.Deliveries {
    /// The last delivery that was refused, and what was wrong with it.
    fileprivate var lastRefused: (at: Timestamp, evidence: DeliveryEvidence)? {
        let refusals = [(forged.last, DeliveryEvidence.badSignature), (unsigned.last, .unsigned)]
        return refusals.compactMap { last, evidence in last.map { (at: $0, evidence: evidence) } }.max { $0.at < $1.at }
    }
}
