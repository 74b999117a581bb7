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
            if let status = Self.endOfPolicyGate(verdict, shown) { statuses.append(status) }
            statuses += Self.unsigned(verdict, shown.filter { $0.state?.passes ?? true }, statuses, allowed)
            statuses.append(
                DesiredStatus(
                    context: verdict.summary.context, state: verdict.summary.outcome.status,
                    description: verdict.statusDescription.description))
            return pull.isDraft ? statuses.map(\.asDraft) : statuses
        case .broken(let diagnostics):
            let first = diagnostics.first.map { "\($0.span.file):\($0.span.line): \($0.message)" } ?? "no reason given"
            let more = diagnostics.count > 1 ? " (and \(diagnostics.count - 1) more)" : ""
            return errors("the policy is not valid\(more): \(first)", base, shown, allowed)
        case .undecided(let unknowns):
            let text = unknowns.first.map { StatusDescription($0.phrase, cure: $0.cure).description }
            return errors(text ?? "cannot be decided", base, shown, allowed)
        }
    }

    /// Contexts of gates that are for other branches than the base, and for which: nothing is posted in them.
    func withheld(allowed: [DecidingSettings.AllowedContext]) -> [WithheldContext] {
        guard case .verdict(let verdict) = result, let base = snapshot?.pullRequest.baseBranch else { return [] }
        return verdict.gates.compactMap { gate in
            guard let context = gate.context, !Self.isMeant(context, gate.name, for: base, allowed) else { return nil }
            let rules = allowed.filter { $0.name(base, gate.name).isExactly(context) }
            return WithheldContext(context: context, branches: rules.compactMap(\.branch))
        }
    }

    /// The same where nobody can say what the commit shows: nothing that may be green there stays so.
    /// - Parameter contexts: what may be green besides what its verdict speaks of.
    func blinded(
        by unknown: Unknown, _ contexts: [String] = []
    ) -> (decision: Decision, shown: [CommitStatus]) {
        var blinded = self
        blinded.result = .undecided([unknown])
        var spoken: [String] = []
        if case .verdict(let verdict) = result { spoken = verdict.gates.compactMap(\.context) }
        let shown = Set((spoken + contexts).map { ExactText($0) }).map {
            CommitStatus(id: 0, context: $0.description, state: .success, description: "", creator: nil)
        }
        return (blinded, shown)
    }

    /// The same where it is known what the commit shows; else undecided, and tried again where that may pass.
    func seeing(_ rows: Known<[CommitStatus]>) -> Decision {
        if case .unknown(let unknown) = rows { blinded(by: unknown).decision } else { self }
    }

    /// Gates that cannot be asked are green no sooner than what mends the policy is signed.
    private static func unsigned(
        _ verdict: Verdict, _ greens: [CommitStatus], _ statuses: [DesiredStatus],
        _ allowed: [DecidingSettings.AllowedContext]
    ) -> [DesiredStatus] {
        guard verdict.repairs != nil, verdict.summary.outcome.status != .success else { return [] }
        return gates(greens, verdict.baseBranch, allowed).filter { context in
            !statuses.contains { $0.context.isExactly(context) }
        }.map { DesiredStatus(context: $0, state: .error, description: "the policy is to be mended") }
    }

    /// The contexts of gates of a base, among those that are shown.
    private static func gates(
        _ shown: [CommitStatus], _ base: String, _ allowed: [DecidingSettings.AllowedContext]
    ) -> [String] {
        shown.map(\.context).filter { allowed.holdsGate($0, of: base) }.sorted { ExactText($0) < ExactText($1) }
    }

    /// The gate that guards the policy is posted only where it is needed; what it left behind must not hold a commit.
    private static func endOfPolicyGate(_ verdict: Verdict, _ shown: [CommitStatus]) -> DesiredStatus? {
        let context = Policy.changeContext(base: verdict.baseBranch)
        guard !verdict.gates.contains(where: { $0.context?.isExactly(context) == true }),
            shown.contains(where: { $0.context.isExactly(context) && $0.state?.passes != true })
        else { return nil }
        return DesiredStatus(
            context: context, state: .success, description: "not needed: the pull request does not change the policy")
    }

    private func errors(
        _ text: String, _ base: String, _ shown: [CommitStatus], _ allowed: [DecidingSettings.AllowedContext]
    ) -> [DesiredStatus] {
        let summary = Policy.summaryContext(base: base)
        return (Self.gates(shown, base, allowed) + [summary]).map {
            DesiredStatus(context: $0, state: .error, description: text)
        }
    }

    /// A context without the base in its name is posted for the one branch that the settings name.
    private static func isMeant(
        _ context: String, _ gate: String, for base: String, _ allowed: [DecidingSettings.AllowedContext]
    ) -> Bool {
        let rules = allowed.filter { $0.name(base, gate).isExactly(context) }
        return rules.isEmpty || rules.contains { $0.isFor(base) }
    }
}

/// A context that `contexts.allow` names for other branches alone.
public struct WithheldContext: Hashable, Sendable {
    /// The context.
    public var context: String
    /// The branches that it is for.
    public var branches: [String]
}

extension [DecidingSettings.AllowedContext] {
    /// Whether a context is one of ours for a gate of a base.
    func holdsGate(_ context: String, of base: String) -> Bool {
        Policy.isStandardGate(context) && context.endsExactly(with: ": \(base)")
            || contains { $0.isFor(base) && $0.covers(context, base) }
    }
}

extension DecidingSettings.AllowedContext {
    /// Whether it may be posted for a base branch.
    func isFor(_ base: String) -> Bool { branch?.isExactly(base) ?? true }

    /// What it is called for a base branch and a gate.
    func name(_ base: String, _ gate: String) -> String {
        context.replacing("{gate}", with: gate).replacing("{base}", with: base)
    }

    /// Whether a context is this one, for any gate.
    func covers(_ shown: String, _ base: String) -> Bool {
        let pieces = context.split(separator: "{gate}", omittingEmptySubsequences: false)
            .map { $0.replacing("{base}", with: base) }
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
            return pieces.joined().isExactly(shown)
        }
        return !shown.beginsExactly(with: "countersign") && shown.beginsExactly(with: first)
            && shown.endsExactly(with: last)
    }
}

extension DesiredStatus {
    fileprivate var asDraft: DesiredStatus { DesiredStatus(context: context, state: .pending, description: "draft") }
}
