extension Policy {
    /// Why a fact is not there, and what to do about it.
    public typealias WhyLeftOut = @Sendable (Need) -> (reason: String, cure: String)

    /// What this policy says of these facts; certain only as far as the facts are.
    /// - Parameters:
    ///   - asksWhoCanSign: whether `needs` should name the lists that tell who could still sign.
    ///   - leftOut: why facts are not there that nobody will read; nil where they are read next.
    public func evaluate(_ facts: Facts, asksWhoCanSign: Bool = true, leftOut: WhyLeftOut? = nil) -> Verdict {
        run(facts, asksWhoCanSign: asksWhoCanSign, leftOut: leftOut).verdict
    }

    /// The facts that an evaluation would look at and that were not read yet; empty when nothing more is asked for.
    public func needs(_ facts: Facts, asksWhoCanSign: Bool = true) -> Set<Need> {
        run(facts, asksWhoCanSign: asksWhoCanSign).needs
    }

    /// Every revoke in the comments, those remembered included, for whoever remembers them; none where no comment was read.
    public func withdrawals(_ facts: Facts) -> Set<Withdrawal> {
        guard facts.comments != nil, facts.timeline != nil else { return [] }
        var evaluation = Evaluation(policy: self, facts: facts, asksWhoCanSign: false)
        return evaluation.ledger().value?.reaches.withdrawals ?? []
    }

    private func run(
        _ facts: Facts, asksWhoCanSign: Bool, leftOut: WhyLeftOut? = nil
    ) -> (verdict: Verdict, needs: Set<Need>) {
        var evaluation = Evaluation(policy: self, facts: facts, asksWhoCanSign: asksWhoCanSign, leftOut: leftOut)
        evaluation.resolveNames()
        var gates = self.gates.indices.map { evaluation.verdict(of: $0) }
        if let gate = evaluation.policyGate() { gates.append(gate) }
        // Where nothing is mended the built-in policy has nothing to say, and asks for nothing.
        let isIdle = change.isRepair && gates.isEmpty
        let summary =
            isIdle
            ? SummaryVerdict(
                context: Policy.summaryContext(base: facts.pullRequest.baseBranch), outcome: .undecided, blockedBy: [],
                unknowns: [], enforcedGates: 0)
            : evaluation.summary(of: gates)
        let verdict = Verdict(
            repository: facts.repository.name, number: facts.pullRequest.number,
            title: facts.pullRequest.title, author: facts.pullRequest.author, head: facts.pullRequest.head,
            baseBranch: facts.pullRequest.baseBranch, policyDigest: digest, gates: gates, summary: summary,
            problems: evaluation.unresolved.sorted {
                ($0.span.file, $0.span.line, $0.span.column, $0.message)
                    < ($1.span.file, $1.span.line, $1.span.column, $1.message)
            },
            commands: evaluation.fates(of: gates), unheard: evaluation.unheard(),
            validUntil: gates.compactMap { $0.enforcedFrom?.start }.min(),
            unremembered: evaluation.unremembered(gates), mayNamePeople: facts.repository.isPrivate)
        return (verdict, evaluation.needs)
    }
}

extension Evaluation {
    /// Looks every team's name of the policy up, so that a misspelt one is found before somebody has signed.
    mutating func resolveNames() {
        for number in policy.plan.teams.indices where teamID(ofPlanned: number) == .known(nil) {
            let (team, span) = policy.plan.teams[number]
            let problem = problem(with: team.reference(in: facts.repository.name), at: span)
            if let problem { unresolved.append(problem) }
        }
        if !facts.users.isEmpty { unresolved += policy.missingAccounts(facts) }
    }

    /// What the policy's n-th gate came to.
    mutating func verdict(of number: Int) -> GateVerdict {
        // A gate is much to copy: what is asked of it is looked at in its place.
        let planned = policy.plan.list[number]
        let until = policy.gates[number].until
        let mode = policy.gates[number].mode(at: facts.now)
        var verdict = GateVerdict(
            name: policy.gates[number].name, span: policy.gates[number].span, summary: policy.gates[number].summary,
            context: planned.context?.name(base: facts.pullRequest.baseBranch), outcome: .off, isEnforced: false,
            enforcedFrom: until.flatMap { facts.now < $0.start ? $0 : nil }, reviews: [], waivers: [],
            waivableBy: planned.waive?.text, unknowns: [], steps: [])
        if mode.isOff { return verdict }
        let judgement = judgement(of: number)
        var outcome = judgement.outcome
        verdict.isEnforced = true
        var unknowns = judgement.unknowns
        if case .advisory = mode {
            let condition = planned.advisory.map { explain($0) }
            verdict.advisory = condition?.1
            switch condition?.0 ?? .yes {
            case .yes: verdict.isEnforced = false
            case .no: break
            case .unknown(let reasons):
                // Success only if the gate would pass anyway.
                unknowns.formUnion(reasons)
                if outcome.status != .success { outcome = .undecided }
            }
        }
        verdict.outcome = outcome
        verdict.when = judgement.when
        verdict.requirement = judgement.requirement
        verdict.distinct = judgement.distinct
        verdict.reviews = planned.withoutAcknowledging(judgement.reviews)
        verdict.comments = judgement.comments
        verdict.methods = planned.methods
        if outcome == .waived { verdict.waiver = judgement.waiving.waiver }
        verdict.waivers = judgement.waiving.fates
        verdict.items = judgement.items
        verdict.unknowns = unknowns.inOrder
        verdict.steps = facts.repository.isPrivate ? judgement.steps : judgement.steps.map(\.anonymous)
        return verdict
    }

    mutating func summary(of gates: [GateVerdict]) -> SummaryVerdict {
        var summary = SummaryVerdict(
            context: Policy.summaryContext(base: facts.pullRequest.baseBranch), outcome: .notNeeded, blockedBy: [],
            unknowns: [], enforcedGates: gates.count { $0.isEnforced })
        // By their places: a gate's verdict is much to copy.
        for place in gates.indices where gates[place].isEnforced {
            // What is needed and passed is better than nothing that is needed.
            if summary.outcome == .notNeeded, gates[place].outcome != .notNeeded { summary.outcome = .approved }
            if gates[place].outcome.isWorse(than: summary.outcome) { summary.outcome = gates[place].outcome }
        }
        let missing = missingBases(gates)
        if !missing.isEmpty {
            summary.unknowns = missing.inOrder
            if Outcome.undecided.isWorse(than: summary.outcome) { summary.outcome = .undecided }
        }
        guard policy.block.by != nil else { return summary }
        let stands: Truth
        switch reviewsInOrder() {
        case .unknown(let unknown): stands = .unknown([unknown])
        case .known(let reviews):
            let blockers = blockers(policy.block, reviews)
            stands = blockers.stands
            summary.blockedBy = blockers.people
        }
        switch stands {
        case .yes: summary.outcome = .rejected
        case .no: break
        case .unknown(let unknowns):
            summary.unknowns = missing.union(unknowns).inOrder
            if Outcome.undecided.isWorse(than: summary.outcome) { summary.outcome = .undecided }
        }
        return summary
    }
}
