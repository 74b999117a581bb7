import GateForge
import GatePolicy

/// Deliveries arrive.
enum HookHeard: Check {
    static let id = "hook.silent"
    static let area = Area.hooks
    static let promise = "deliveries come in"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        let hearings = examination.hearings(&outcome)
        outcome.told = examination.ages(of: hearings.flatMap(\.repositories))
        for (hook, repositories) in hearings {
            for repository in repositories {
                guard let evidence = examination.delivery(of: hook, for: repository) else {
                    outcome.skip(
                        examination.untested[hook.id] ?? examination.whyUnproven(hook) ?? unheard(hook, examination))
                    continue
                }
                guard evidence == .nothing else {
                    outcome.add(nil)
                    continue
                }
                outcome.add(
                    Finding(
                        .blocking, "\(repository.name)", asked: examination.hearing(of: hook),
                        answer: "no delivery that it should have made came in" + examination.sinceTheService,
                        meaning: "something on the way holds it back; by default the forge calls no private addresses",
                        blocks: [Blocked("\(repository.name)")],
                        cure: Cure(
                            .tell("add the service's host to `[webhook] ALLOWED_HOST_LIST` in the forge's settings"),
                            .tell("or let the network between them pass `\(hook.url.shownAddress)`"),
                            examination.refireAll(hook.place))), of: hook)
            }
        }
        return outcome
    }

    private static func unheard(_ hook: Webhook, _ examination: Examination) -> String {
        guard hook.place.isOfMany else {
            return "a test delivery takes an administrator's credential: \(examination.administratorWanted)"
        }
        let place = hook.place == .site ? "the whole site" : "an organisation"
        return "the forge tests no webhook of \(place), and nothing has happened yet that shows whether it works"
    }
}

extension Examination {
    /// The active webhooks that call us, each with the repositories it is for, where a service can say what came in.
    func hearings(_ outcome: inout CheckOutcome) -> [(hook: Webhook, repositories: [RepositoryEvidence])] {
        guard !hooked(&outcome).isEmpty else { return [] }
        if let unheard {
            outcome.skip(unheard)
            return []
        }
        var hearings: [(hook: Webhook, repositories: [RepositoryEvidence])] = []
        for repository in hooked {
            guard let ours = ourHooks(of: repository) else {
                outcome.skip(unseenHooks(of: repository))
                continue
            }
            for hook in ours where hook.isActive && hook.isOfForge {
                if let index = hearings.firstIndex(where: { $0.hook.id == hook.id }) {
                    hearings[index].repositories.append(repository)
                } else {
                    hearings.append((hook, [repository]))
                }
            }
        }
        return hearings
    }

    /// Whether another webhook of a repository was tested, and is right, whatever becomes of this one's deliveries.
    func isHeardBesides(_ hook: Webhook, _ repository: RepositoryEvidence) -> Bool {
        (ourHooks(of: repository) ?? []).contains { $0.id != hook.id && deliveries[$0.id] == .verified }
    }

    /// How it was found out what comes in.
    func hearing(of hook: Webhook) -> [String] {
        switch hook.place {
        case .organization, .site: ["the service, what came in since pull requests were opened"]
        case .repository:
            ["`POST \(hook.place.path)/\(hook.id)/tests` with an administrator's token", "the service, what came in"]
        }
    }

    /// How long ago the last delivery of each repository came in, the longest ago first.
    func ages(of repositories: [RepositoryEvidence]) -> [String] {
        guard let running else { return [] }
        var seen: Set<RepositoryName> = []
        return repositories.map(\.name).filter { seen.insert($0).inserted }
            .map { (name: $0, last: running.deliveries.last[$0.description.lowercased()]) }
            .sorted { ($0.last?.seconds ?? 0, "\($0.name)") < ($1.last?.seconds ?? 0, "\($1.name)") }
            .map { name, last in
                guard let last else { return "no delivery of \(name) came in" + sinceTheService }
                return "the last delivery of \(name) came in \(max(running.now.seconds - last.seconds, 0)) s ago"
            }
    }

    /// Since when deliveries are counted.
    fileprivate var sinceTheService: String {
        guard let running else { return "" }
        return " since the service began \(running.now.seconds - running.deliveries.since.seconds) s ago"
    }
}
