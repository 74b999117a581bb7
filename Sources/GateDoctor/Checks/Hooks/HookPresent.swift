import GateForge
import GatePolicy

/// A webhook tells us of every repository with gates.
enum HookPresent: Check {
    static let id = "hook.missing"
    static let area = Area.hooks
    static let promise = "a webhook tells us of every repository with gates"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        var told: Set<String> = []
        for repository in examination.hooked(&outcome) {
            guard let ours = examination.ourHooks(of: repository), let address = examination.hookAddress else {
                outcome.skip(examination.unseenHooks(of: repository))
                continue
            }
            guard examination.lacksHook(repository, ours) else {
                outcome.add(nil)
                continue
            }
            let owner = repository.name.owner
            let beside = examination.hooked.filter { $0.name.owner.lowercased() == owner.lowercased() }
            if beside.count > 1, beside.allSatisfy({ examination.lacksHook($0, examination.ourHooks(of: $0)) }),
                let organization = examination.organization(owner), !organization.isUser
            {
                outcome.examined += 1
                // One cause is told once.
                if told.insert(owner.lowercased()).inserted {
                    outcome.findings.append(finding(organization, beside, address, examination))
                }
            } else {
                outcome.add(finding(repository, address, examination))
            }
        }
        return outcome
    }

    private static let secret = Cure.Step.tell("put the service's hook secret in the place of SECRET:")

    private static func finding(
        _ repository: RepositoryEvidence, _ address: String, _ examination: Examination
    ) -> Finding {
        let name = "\(repository.name)"
        let site = SiteHookOutlook(of: [repository], in: examination)
        return Finding(
            .blocking, name, asked: examination.hookCalls(repository),
            answer: (site.isShown
                ? "no webhook of it, of `\(repository.name.owner)` or of the whole site calls \(address)"
                : "no webhook of it or of `\(repository.name.owner)` calls \(address)") + site.answer,
            meaning: site.meaning, blocks: [Blocked(name)],
            cure: Cure(
                site.look(at: name) + [
                    secret,
                    .call(
                        ForgeRequest(
                            "POST", "/repos/\(name)/hooks", body: JSONText.of(NewHook(url: address)),
                            by: .administrator(of: name))),
                    examination.refireAll(.repository(name)),
                ]))
    }

    /// None of an organisation's repositories has one: one of the organisation is enough.
    private static func finding(
        _ organization: OrganizationEvidence, _ repositories: [RepositoryEvidence], _ address: String,
        _ examination: Examination
    ) -> Finding {
        let calls = repositories.first.map { examination.hookCalls($0) } ?? []
        let site = SiteHookOutlook(of: repositories, in: examination)
        return Finding(
            .blocking, organization.name, asked: calls + ["… and so for \(repositories.count - 1) more"],
            answer: "no webhook of it, or of any of its \(repositories.count) repositories with gates, "
                + (site.isShown ? "or of the whole site, " : "") + "calls \(address)" + site.answer,
            meaning: site.meaning, blocks: repositories.map { Blocked("\($0.name)") },
            cure: Cure(
                site.look(at: organization.name) + [
                    secret,
                    .call(
                        ForgeRequest(
                            "POST", "/orgs/\(organization.name)/hooks", body: JSONText.of(NewHook(url: address)),
                            by: organization.owner(examination.directoryReader))),
                    examination.refireAll(.organization(organization.name)),
                ]))
    }
}

extension Examination {
    /// Whether no webhook calls us for a repository, nor one that was meant to.
    /// - Parameter ours: those that do; nil where some may not have been shown.
    fileprivate func lacksHook(_ repository: RepositoryEvidence, _ ours: [Webhook]?) -> Bool {
        ours?.isEmpty == true && mistakenHook(of: repository) == nil
    }
}
