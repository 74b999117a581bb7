import GateForge
import GatePolicy

/// Webhooks that are meant for us call the right address.
enum HookAddress: Check {
    static let id = "hook.address"
    static let area = Area.hooks
    static let promise = "webhooks call the service's address"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for repository in examination.hooked(&outcome) {
            guard examination.ourHooks(of: repository) != nil || examination.mistakenHook(of: repository) != nil,
                let address = examination.hookAddress
            else {
                outcome.skip(examination.unseenHooks(of: repository))
                continue
            }
            guard let hook = examination.mistakenHook(of: repository) else {
                outcome.add(nil)
                continue
            }
            outcome.add(
                Finding(
                    .blocking, "\(repository.name)", asked: examination.hookCalls(repository),
                    answer: "webhook \(hook.id) calls `\(hook.url.shownAddress)`",
                    meaning: "the service listens at `\(address)`",
                    blocks: [Blocked("\(repository.name)")],
                    cure: Cure(examination.change(hook, address: address) + [examination.refireAll(hook.place)])),
                of: hook)
        }
        return outcome
    }
}
