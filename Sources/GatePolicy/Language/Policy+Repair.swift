extension Policy {
    /// The built-in policy for a base whose own cannot be used: who changes nothing but policy files, and brings a
    /// valid one, needs one of the administrators for this very head.
    /// - Parameter files: the repository's files that it includes.
    public static func repair(of files: [ExactText]) -> Policy {
        Policy(
            file: "built-in", digest: "built-in:repair", gates: [], parts: [], block: .standard, change: .repair,
            included: files, warnings: [])
    }
}

extension ChangeRule {
    /// What mending a policy that cannot be used needs.
    static let repair = ChangeRule(require: .quota(.init(count: 1, people: .admins)), isRepair: true)
}

extension Verdict {
    /// The same with the built-in gate in the place of those that names which are gone keep from being met.
    public func repaired(by repair: Verdict) -> Verdict {
        var verdict = self
        let kept = gates.filter { $0.change == nil && (!$0.isEnforced || $0.outcome.status == .success) }
        verdict.gates = kept + repair.gates
        verdict.summary = repair.summary
        verdict.summary.enforcedGates = verdict.gates.count { $0.isEnforced }
        verdict.repairs = repair.repairs
        return verdict
    }
}
