import GateForge
import GatePolicy

/// Webhooks that call us speak as the forge does, and not as a chat wants to hear it.
enum HookType: Check {
    static let id = "hook.type"
    static let area = Area.hooks
    static let promise = "webhooks that call the service tell it what it reads"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for (repository, ours) in examination.called(&outcome) {
            let strange = ours.filter { !$0.isOfForge }
            if strange.isEmpty { outcome.add(nil) }
            let isHeard = ours.contains { $0.isOfForge && $0.isActive }
            for hook in strange { outcome.add(finding(hook, isHeard, repository, examination), of: hook) }
        }
        return outcome
    }

    /// - Parameter isHeard: whether another webhook tells us what we read.
    private static func finding(
        _ hook: Webhook, _ isHeard: Bool, _ repository: RepositoryEvidence, _ examination: Examination
    ) -> Finding {
        let name = "\(repository.name)"
        return Finding(
            isHeard ? .warning : .blocking, name, asked: examination.hookCalls(repository),
            answer: "webhook \(hook.id), which calls the service, is one of type `\(hook.kind)`",
            meaning: "it sends what a program of that kind shows to people, and the service refuses it"
                + (isHeard ? "; another one is right, so that nothing is held up" : ""),
            blocks: isHeard ? [] : [Blocked(name)],
            cure: isHeard
                ? Cure(examination.removal(of: hook))
                : Cure(examination.replacement(of: hook) + [examination.refireAll(hook.place)]))
    }
}
