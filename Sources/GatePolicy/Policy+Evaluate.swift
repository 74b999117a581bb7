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
            problems: evaluation.unresolved,
            commands: evaluation.fates(of: gates), unheard: evaluation.unheard(),
            validUntil: gates.compactMap { $0.enforcedFrom?.start }.min(),
            unremembered: evaluation.unremembered(gates), mayNamePeople: facts.repository.isPrivate)
        return (verdict, evaluation.needs)
    }
}

extension Evaluation {
    /// Looks every team's name of the policy up, so that a misspelt one is found before somebody has signed; what
    /// names nothing is told in the order of its places.
    mutating func resolveNames() {
        for number in policy.plan.teams.indices where teamID(ofPlanned: number) == .known(nil) {
            let (team, span) = policy.plan.teams[number]
            let problem = problem(with: team.reference(in: facts.repository.name), at: span)
            if let problem { unresolved.append(problem) }
        }
        if !facts.users.isEmpty { unresolved += policy.missingAccounts(facts) }
        unresolved.sort {
            ($0.span.file, $0.span.line, $0.span.column, $0.message)
                < ($1.span.file, $1.span.line, $1.span.column, $1.message)
        }
    }

    /// What the policy's n-th gate came to.
    mutating func verdict(of number: Int) -> GateVerdict {
        // A gate is much to copy: what is asked of it is looked at in its place.
        let planned = policy.plan.list[number]
        let (name, span, summary) = (
            policy.gates[number].name, policy.gates[number].span, policy.gates[number].summary
        )
        let context = planned.context?.name(base: facts.pullRequest.baseBranch)
        let enforcedFrom = policy.gates[number].until.flatMap { facts.now < $0.start ? $0 : nil }
        let mode = policy.gates[number].mode(at: facts.now)
        if mode.isOff {
            return GateVerdict(
                name: name, span: span, summary: summary, context: context, outcome: .off, isEnforced: false,
                enforcedFrom: enforcedFrom, reviews: [], waivers: [], waivableBy: planned.waive?.text, unknowns: [],
                steps: [])
        }
        let judgement = judgement(of: number)
        var outcome = judgement.outcome
        var unknowns = judgement.unknowns
        var isEnforced = true
        var advisory: Explanation?
        if case .advisory = mode {
            let condition = planned.advisory.map { explain($0) }
            advisory = condition?.1
            switch condition?.0 ?? .yes {
            case .yes: isEnforced = false
            case .no: break
            case .unknown(let reasons):
                // Success only if the gate would pass anyway.
                unknowns.formUnion(reasons)
                if outcome.status != .success { outcome = .undecided }
            }
        }
        return GateVerdict(
            name: name, span: span, summary: summary, context: context, outcome: outcome, isEnforced: isEnforced,
            enforcedFrom: enforcedFrom, when: judgement.when, advisory: advisory, requirement: judgement.requirement,
            distinct: judgement.distinct, reviews: planned.withoutAcknowledging(judgement.reviews),
            comments: judgement.comments, methods: judgement.methods,
            waiver: outcome == .waived ? judgement.waiving.waiver : nil, waivers: judgement.waiving.fates,
            waivableBy: planned.waive?.text, waiverSteps: judgement.waiving.missing, items: judgement.items,
            unknowns: unknowns.inOrder,
            steps: facts.repository.isPrivate ? judgement.steps : judgement.steps.map(\.anonymous))
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
