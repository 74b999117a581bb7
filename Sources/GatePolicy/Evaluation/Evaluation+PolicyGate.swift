extension Evaluation {
    /// The gate that guards the policy itself; nil where the pull request does not change it.
    mutating func policyGate() -> GateVerdict? {
        let found = policyChange()
        let planned = policy.plan.change
        guard found.applies != .no, let gate = planned.gate else { return nil }
        var change = describe(found)
        if policy.change.isRepair, found.isOpen { return nil }
        let summary =
            found.applies == .yes ? gate.summary : "Whether the pull request changes the policy is not known"
        if found.isOpen {
            // Nothing else is asked for before it is known whether the gate is there at all.
            var verdict = GateVerdict(
                name: gate.name, summary: summary, context: gate.contextName(base: facts.pullRequest.baseBranch),
                outcome: .undecided, isEnforced: true, reviews: [], waivers: [], waivableBy: nil,
                unknowns: found.applies.unknowns.inOrder, steps: [])
            verdict.change = change
            return verdict
        }
        let validity = validity(of: &change, found)
        // That it mends the policy must be certain: what is no repair is not green but an error.
        if policy.change.isRepair, (found.applies && found.isAll && validity) != .yes || change.leavesNone {
            return nil
        }
        let grants = leave(for: &change)
        let when = Explanation("the policy is changed", found.applies)
        let judgement = judge(planned, (found.applies, when), bars: !validity, grants: grants)
        var verdict = GateVerdict(
            name: gate.name, summary: summary, context: gate.contextName(base: facts.pullRequest.baseBranch),
            outcome: judgement.outcome, isEnforced: true, reviews: judgement.reviews, waivers: [], waivableBy: nil,
            unknowns: judgement.unknowns.inOrder,
            steps: facts.repository.isPrivate ? judgement.steps : judgement.steps.map(\.anonymous))
        verdict.when = when
        verdict.requirement = grants == .yes ? nil : judgement.requirement
        verdict.change = change
        return verdict
    }

    /// Whether nobody has to sign: because the policy says so, or because nobody but the opener may write.
    private mutating func leave(for change: inout PolicyChange) -> Truth {
        guard policy.change.require != nil else {
            // Validity asks for something that is valid: where nothing is left, the default of the language holds.
            if change.leavesNone { return .no }
            change.leave = .validityOnly
            return .yes
        }
        guard policy.change.asksForOneWriter, let author = facts.pullRequest.author else { return .no }
        let isAlone = isOnlyWriter(author)
        if isAlone == .yes { change.leave = .onlyWriter(author) }
        return isAlone
    }

    /// Whether an account is proven to be the only one who may write the code, besides the account of the service.
    private mutating func isOnlyWriter(_ account: Account) -> Truth {
        let may = membership(of: account, in: .writers)
        if may == .no { return .no }
        let writers = roster(of: .writers, negative: true)
        var others = Truth(writers.missing)
        for other in writers.listed where other != account {
            others = others || membership(of: other, in: .writers, negative: true)
        }
        return may && !others
    }
}

extension Truth {
    /// Unknown for these reasons; no where there are none.
    fileprivate init(_ reasons: Set<Unknown>) { self = reasons.isEmpty ? .no : .unknown(reasons) }
}
