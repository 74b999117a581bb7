import GateForge
import GatePolicy

/// Webhooks tell of everything that a verdict depends on.
enum HookEvents: Check {
    static let id = "hook.events"
    static let area = Area.hooks
    static let promise = "webhooks tell of every event that a verdict depends on"
    static let needs = Prerequisite.service

    static func examine(_ examination: Examination) -> CheckOutcome {
        var outcome = CheckOutcome()
        for (repository, ours) in examination.called(&outcome) {
            let active = ours.filter { $0.isActive && $0.isOfForge }
            guard let first = active.first else { continue }
            let told = Set(active.flatMap(\.events))
            let missing = Webhook.neededEvents.filter { !told.contains($0) }
            let hidesStatuses = examination.tellsOfStatuses && !told.contains(Webhook.statusEvent)
            // A filter holds back pushes alone.
            let bases = ([repository] + repository.others).compactMap(\.base)
            let pushing = active.filter { $0.events.contains("push") }
            let filtered =
                !pushing.isEmpty
                && bases.contains { base in
                    pushing.allSatisfy { !$0.branchFilter.isEmpty && !ForgeGlob($0.branchFilter).matches(base) }
                }
            let hook = (filtered ? pushing.first : nil) ?? first
            let finding = { (severity: Severity, answer: String, meaning: String) in
                Finding(
                    severity, "\(repository.name)", asked: examination.hookCalls(repository), answer: answer,
                    meaning: meaning, blocks: severity == .blocking ? [Blocked("\(repository.name)")] : [],
                    cure: Cure(
                        examination.change(hook, filtered: filtered ? "*" : nil)
                            + (severity == .blocking ? [examination.refireAll(hook.place)] : [])))
            }
            if !missing.isEmpty {
                let untold = missing + (hidesStatuses ? [Webhook.statusEvent] : [])
                outcome.add(
                    finding(
                        .blocking, Self.silence(hook, untold),
                        "what happens there is noticed by the next sweep, not at once"), of: hook)
            } else if filtered {
                outcome.add(
                    finding(
                        .blocking, "webhook \(hook.id) tells of pushes to the branches `\(hook.branchFilter)` only",
                        "what happens there is noticed by the next sweep, not at once"), of: hook)
            } else if hidesStatuses {
                outcome.add(
                    finding(
                        .warning, Self.silence(hook, [Webhook.statusEvent]),
                        "a green that somebody else posts in a gate's place opens the branch until statuses are read "
                            + "again (`reconcile.all_seconds`), not for a moment; and a gate that asks for a `status` is late"
                    ), of: hook)
            } else {
                outcome.add(nil)
            }
        }
        return outcome
    }

    private static func silence(_ hook: Webhook, _ events: [String]) -> String {
        "webhook \(hook.id) does not tell of " + events.map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension Examination {
    /// Whether this version of the forge has webhooks tell of statuses.
    fileprivate var tellsOfStatuses: Bool {
        guard case .success(let greeting) = greeting else { return false }
        return ForgeVersion(greeting.version)?.tellsOfStatuses == true
    }
}
