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
        for repository in examination.hooked(&outcome) {
            guard let ours = examination.ourHooks(of: repository), let address = examination.hookAddress else {
                outcome.skip(examination.unseenHooks(of: repository))
                continue
            }
            guard ours.isEmpty, examination.mistakenHook(of: repository) == nil else {
                outcome.add(nil)
                continue
            }
            let body = JSONText.of(NewHook(url: address))
            outcome.add(
                Finding(
                    .blocking, "\(repository.name)", asked: examination.hookCalls(repository),
                    answer: "no webhook of it or of `\(repository.name.owner)` calls \(address)",
                    meaning:
                        "nothing tells us of approvals and pushes, unless a webhook of the whole site does, which only "
                        + "its administrators are shown: verdicts are late by as much as the next sweep",
                    blocks: [Blocked("\(repository.name)")],
                    cure: Cure(
                        .tell("put the service's hook secret in the place of SECRET:"),
                        .call(
                            ForgeRequest(
                                "POST", "/repos/\(repository.name)/hooks", body: body,
                                by: .administrator(of: "\(repository.name)"))),
                        examination.refireAll(.repository("\(repository.name)")))))
        }
        return outcome
    }
}
