import GateForge
import GatePolicy

/// Webhooks that call us are switched on.
enum HookActive: Check {
    static let id = "hook.inactive"
    static let area = Area.hooks
    static let promise = "webhooks are switched on"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for (repository, ours) in examination.called(&outcome) {
            guard let hook = ours.first(where: { !$0.isActive }), !ours.contains(where: \.isActive) else {
                outcome.add(nil)
                continue
            }
            outcome.add(
                Finding(
                    .blocking, "\(repository.name)", asked: examination.hookCalls(repository),
                    answer: "webhook \(hook.id) is not active", meaning: "the forge sends nothing",
                    blocks: [Blocked("\(repository.name)")],
                    cure: Cure(examination.change(hook, active: true) + [examination.refireAll(hook.place)])), of: hook)
        }
        return outcome
    }
}
