import GateForge
import GatePolicy

extension Decision {
    /// The statuses that say it, the summary last; none for a repository without a policy.
    /// - Parameters:
    ///   - allowed: contexts of a policy's own choice, and the branch each is for.
    ///   - shown: contexts of ours that the head shows already: without a verdict none of them may stay green.
    public func statuses(
        allowed: [DecidingSettings.AllowedContext], shown: [CommitStatus]
    ) -> [DesiredStatus] {
        guard let pull = snapshot?.pullRequest else { return [] }
        let base = pull.baseBranch
        switch result {
        case .unmanaged: return []
        case .verdict(let verdict):
            var statuses: [DesiredStatus] = []
            for gate in verdict.gates {
                guard let context = gate.context, Self.isMeant(context, gate.name, for: base, allowed) else { continue }
                statuses.append(
                    DesiredStatus(
                        context: context, state: gate.postedState,
                        description: gate.statusDescription(names: verdict.mayNamePeople).description))
            }
            statuses.append(
                DesiredStatus(
                    context: verdict.summary.context, state: verdict.summary.outcome.status,
                    description: verdict.statusDescription.description))
            return pull.isDraft ? statuses.map(\.asDraft) : statuses
        case .broken(let diagnostics):
            let first = diagnostics.first.map { "\($0.span.file):\($0.span.line): \($0.message)" } ?? "no reason given"
            let more = diagnostics.count > 1 ? " (and \(diagnostics.count - 1) more)" : ""
            return errors("the policy is not valid\(more): \(first)", base, shown)
        case .undecided(let unknowns):
            return errors(unknowns.first?.phrase ?? "cannot be decided", base, shown)
        }
    }

    private func errors(_ text: String, _ base: String, _ shown: [CommitStatus]) -> [DesiredStatus] {
        let summary = Policy.summaryContext(base: base)
        let gates = shown.map(\.context).filter { $0.hasPrefix("countersign/") && $0.hasSuffix(": \(base)") }
        return (gates + [summary]).map { DesiredStatus(context: $0, state: .error, description: text) }
    }

    /// A context without the base in its name is posted for the one branch that the settings name.
    private static func isMeant(
        _ context: String, _ gate: String, for base: String, _ allowed: [DecidingSettings.AllowedContext]
    ) -> Bool {
        guard let rule = allowed.first(where: { $0.context == context }) else { return true }
        return rule.branch.map { $0 == base } ?? true
    }
}

extension DesiredStatus {
    fileprivate var asDraft: DesiredStatus { DesiredStatus(context: context, state: .pending, description: "draft") }
}
