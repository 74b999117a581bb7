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
        for repository in examination.hooked(&outcome) {
            guard let ours = examination.ourHooks(of: repository) else {
                outcome.skip(Examination.unseenHooks)
                continue
            }
            let active = ours.filter(\.isActive)
            guard let first = active.first else { continue }
            let told = Set(active.flatMap(\.events))
            let missing = Webhook.neededEvents.filter { !told.contains($0) }
            // A filter holds back pushes alone.
            let bases = ([repository] + repository.others).compactMap(\.base)
            let pushing = active.filter { $0.events.contains("push") }
            let filtered =
                !pushing.isEmpty
                && bases.contains { base in
                    pushing.allSatisfy { !$0.branchFilter.isEmpty && !ForgeGlob($0.branchFilter).matches(base) }
                }
            let hook = (filtered ? pushing.first : nil) ?? first
            outcome.add(
                missing.isEmpty && !filtered
                    ? nil
                    : Finding(
                        .blocking, "\(repository.name)", asked: examination.hookCalls(repository),
                        answer: missing.isEmpty
                            ? "webhook \(hook.id) tells of pushes to the branches `\(hook.branchFilter)` only"
                            : "webhook \(hook.id) does not tell of "
                                + missing.map { "`\($0)`" }.joined(separator: ", "),
                        meaning: "what happens there is noticed by the next sweep, not at once",
                        blocks: [Blocked("\(repository.name)")],
                        cure: Cure(
                            examination.change(hook, filtered: filtered ? "*" : nil))))
        }
        return outcome
    }
}
