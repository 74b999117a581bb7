import GateForge
import GatePolicy

extension Examination {
    /// The webhooks that tell of a repository; nil when nobody could be asked.
    func hooks(of repository: RepositoryEvidence) -> [Webhook]? {
        let organization = self.organization(repository.name.owner)
        let above = (try? organization?.hooks?.get()) ?? nil
        let own = (try? repository.hooks?.get()) ?? nil
        let ofSite = (try? siteHooks?.get()) ?? nil
        if above == nil, own == nil, ofSite == nil { return nil }
        return (ofSite ?? []) + (above ?? []) + (own ?? [])
    }

    /// Whether a webhook calls us, whatever it shows to something in front of the service.
    func isOurs(_ hook: Webhook) -> Bool { hookAddress.map { hook.calls($0) } == true }

    /// Those that call us; nil when there may be some that were not shown.
    func ourHooks(of repository: RepositoryEvidence) -> [Webhook]? {
        guard let ours = hooks(of: repository)?.filter(isOurs) else {
            return nil
        }
        return ours.isEmpty && !areAllShown(of: repository) ? nil : ours
    }

    /// Whether nothing that hangs on a repository or its organisation was hidden from us.
    ///
    /// Whoever is no site administrator is never shown those of the whole site: one that was taken away looks the same as
    /// one that is not shown, so that is no reason to conclude nothing.
    private func areAllShown(of repository: RepositoryEvidence) -> Bool {
        if case .failure = siteHooks { return false }
        guard case .success = repository.hooks, let organization = organization(repository.name.owner) else {
            return false
        }
        if case .success = organization.hooks { return true }
        return organization.isUser
    }

    /// One that was meant to call us: the same path on another host, or a path on the same host that is nearly ours.
    ///
    /// Others on the same host belong to others.
    func mistakenHook(of repository: RepositoryEvidence) -> Webhook? {
        guard let hookAddress, let hooks = hooks(of: repository), !hooks.contains(where: { $0.calls(hookAddress) })
        else { return nil }
        let ours = Self.place(hookAddress)
        return hooks.first { hook in
            let place = Self.place(hook.url.withoutUser)
            return place.host == ours.host
                ? Self.isNear(place.path, ours.path) : place.path == ours.path && ours.path.count > 1
        }
    }

    /// Whether one path is the other's beginning or end, give or take a few letters.
    private static func isNear(_ one: String, _ other: String) -> Bool {
        let parts = [one, other].map { $0.lowercased().split(separator: "/").map { String($0) } }
        let (shorter, longer) = parts[0].count < parts[1].count ? (parts[0], parts[1]) : (parts[1], parts[0])
        return [longer.prefix(shorter.count), longer.suffix(shorter.count)].contains { part in
            zip(shorter, part).allSatisfy { $0 == $1 || Suggestion.nearest(to: $0, among: [$1]) != nil }
        }
    }

    private static func place(_ url: String) -> (host: String, path: String) {
        guard let scheme = url.firstRange(of: "://") else { return ("", url) }
        let rest = url[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        return (host.lowercased(), String(rest.dropFirst(host.count)))
    }

    /// The repositories whose changes we must be told of.
    var hooked: [RepositoryEvidence] { hookAddress == nil ? [] : repositories.filter(\.isGatedSomewhere) }

    /// The same, for a check: where nobody says where webhooks come in, and a service runs, it cannot be made.
    func hooked(_ outcome: inout CheckOutcome) -> [RepositoryEvidence] {
        if hookAddress == nil, service != nil {
            outcome.skip("nobody says where webhooks come in: give `--hook-url URL`")
        }
        return hooked
    }

    /// Repositories with webhooks that call us, for a check of these: where some may not be shown, it cannot be made.
    func called(_ outcome: inout CheckOutcome) -> [(repository: RepositoryEvidence, hooks: [Webhook])] {
        var called: [(repository: RepositoryEvidence, hooks: [Webhook])] = []
        for repository in hooked(&outcome) {
            guard let ours = ourHooks(of: repository) else {
                outcome.skip(unseenHooks(of: repository))
                continue
            }
            if !ours.isEmpty { called.append((repository, ours)) }
        }
        return called
    }

    /// Why hooks of a repository were not seen.
    func unseenHooks(of repository: RepositoryEvidence) -> String {
        for case .failure(let error)? in [siteHooks, organization(repository.name.owner)?.hooks, repository.hooks]
        where ![.refused, .badToken].contains(error.cause) {
            return "\(repository.name): its webhooks: \(error)"
        }
        return "webhooks are shown to administrators only: \(administratorWanted)"
    }

    /// A change of a webhook; everything that the forge would forget when it is not said again is in it.
    /// - Parameter address: where it is to call; nil where that stays.
    func change(
        _ hook: Webhook, active: Bool? = nil, address: String? = nil, filtered: String? = nil
    ) -> [Cure.Step] {
        let url = address.map { hook.urlWithPlaceholders(for: $0) }
        let change = HookChange(
            active: active, config: url.map { ["url": $0, "content_type": "json"] },
            events: Webhook.hearing(at: hook.place, url: hook.url, for: [hook]).eventNames,
            branch_filter: filtered ?? hook.branchFilter, authorization_header: hook.authorizationPlaceholder)
        return hook.toldPlaceholders(withAddress: url != nil) + [
            .call(
                ForgeRequest("PATCH", "\(hook.place.path)/\(hook.id)", body: JSONText.of(change), by: owner(of: hook)))
        ]
    }

    /// A webhook like another one in its place: the forge changes no secret of one that is there.
    ///
    /// The old one goes only when there is a new one.
    func replacement(of hook: Webhook) -> [Cure.Step] {
        // Not every version makes one of the whole site by API.
        if hook.place == .site { return Self.newSiteHook(to: hook.url.withoutUser) + [removal(of: hook)] }
        let secret = Cure.Step.tell("put the service's hook secret in the place of SECRET:")
        return [secret] + hook.toldPlaceholders(withAddress: true) + [
            .inTurn([
                ForgeRequest(
                    "POST", hook.place.path, body: JSONText.of(NewHook(url: hook.url, for: [hook])), by: owner(of: hook)
                ),
                ForgeRequest("DELETE", "\(hook.place.path)/\(hook.id)", by: owner(of: hook)),
            ])
        ]
    }

    private static func newSiteHook(to url: String) -> [Cure.Step] {
        [
            .tell(
                "on the forge's page of system webhooks (Site Administration) make one of the forge's own type to "
                    + "`\(url.shownAddress)`, with JSON, all events and the service's hook secret; then:")
        ]
    }

    /// Takes a webhook away.
    func removal(of hook: Webhook) -> Cure.Step {
        .call(ForgeRequest("DELETE", "\(hook.place.path)/\(hook.id)", by: owner(of: hook)))
    }

    /// What nobody told of meanwhile: those who waited are not undecided.
    func refireAll(_ place: Webhook.Place) -> Cure.Step {
        .run(place == .site ? "countersign refire --all" : "countersign refire \(place) --all")
    }

    private func owner(of hook: Webhook) -> ForgeRequest.Person {
        switch hook.place {
        case .organization(let name): organization(name)?.owner(directoryReader) ?? .owner(of: name)
        case .repository(let name): .administrator(of: name)
        case .site: .site
        }
    }

    /// How hooks were asked for.
    func hookCalls(_ repository: RepositoryEvidence) -> [String] {
        let asker = hasAdministrator ? "an administrator's token" : "`\(directoryReader)`"
        return [
            "`GET /orgs/\(repository.name.owner)/hooks` with \(asker)",
            "`GET /repos/\(repository.name)/hooks` with \(asker)",
        ] + (siteHooks == nil ? [] : ["`GET /admin/hooks` with \(asker)"])
    }
}

extension CheckOutcome {
    /// What is wrong with a webhook of several repositories is told once.
    mutating func add(_ finding: Finding, of hook: Webhook) {
        examined += 1
        var finding = finding
        finding.subject = "\(hook.place)"
        let index = findings.firstIndex { told in
            (told.severity, told.subject, told.answer) == (finding.severity, finding.subject, finding.answer)
                && told.cure == finding.cure
        }
        guard let index else { return findings.append(finding) }
        findings[index].blocks += finding.blocks
    }
}
