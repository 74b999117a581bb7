extension Evaluation {
    /// A gate or part by name; nil where the policy has none.
    mutating func judgement(named name: String) -> GateJudgement? {
        policy.plan.number(of: name).map { judgement(of: $0) }
    }

    /// A gate or part by its place in the plan, judged once; what it refers to first, without recursion: a chain may be
    /// as long as the policy, and each link as deep as the language allows.
    mutating func judgement(of number: Int) -> GateJudgement {
        if let known = judged[number] { return known }
        var open = [number]
        while let next = open.last {
            if judged[next] != nil {
                open.removeLast()
                continue
            }
            let when = waiting[next] ?? explain(policy.plan.list[next].when)
            // What does not apply looks at nothing else.
            let missing = when.0 == .no ? [] : policy.plan.list[next].looksAt.filter { judged[$0] == nil }
            if !missing.isEmpty {
                waiting[next] = when
                open += missing
                continue
            }
            let judgement = judge(policy.plan.list[next], when)
            judged[next] = judgement
            open.removeLast()
            if open.isEmpty { return judgement }
        }
        preconditionFailure("references make circles")
    }

    /// Whether a gate or part applies, by its place in the plan; nil where that was not asked yet.
    func applies(_ number: Int) -> Truth? { judged[number]?.applies ?? waiting[number]?.0 }

    /// What a gate comes to.
    /// - Parameters:
    ///   - bars: what keeps it from ever passing, besides requests for changes.
    ///   - grants: what meets its requirement besides signatures.
    mutating func judge(
        _ planned: PlannedGate, _ when: consuming (Truth, Explanation), bars: Truth = .no, grants: Truth = .no
    ) -> GateJudgement {
        let rules = planned.rules
        let block = planned.block
        let (applies, whenTree) = when
        places = Places()
        if applies == .no {
            return GateJudgement(possible: .notNeeded, applies: applies, when: whenTree, methods: planned.methods)
        }
        judgedItems = []
        let isEmpty = hasNoItemLeft(planned.require)
        var blocked = Blockers()
        // What is granted needs nobody, not even where nobody could ever be enough.
        var rejected = (Truth(!planned.canEverBeMet) && !grants) || bars
        let signatures: Signatures
        let approvals: Approvals?
        switch reviewsInOrder() {
        case .unknown(let unknown):
            (signatures, approvals) = (Signatures([], rules: rules, asksCandidates: false, missing: unknown), nil)
            if block.by != nil { rejected = rejected || .unknown([unknown]) }
            // Asked side by side with the reviews: an approval will need both to count.
            if !rules.committers { (_, _) = (commits(), timeline()) }
            if rules.comments != nil { _ = ledger() }
            if block.comments != nil || block.revoke?.comments != nil { _ = comments() }
        case .known(let reviews):
            blocked = blockers(block, reviews)
            rejected = rejected || blocked.stands
            let found = self.approvals(reviews, rules, unrevoked: planned.unrevokedRules)
            (signatures, approvals) = (found.signatures, found)
        }
        // Who could still sign is asked only where somebody must.
        let asksCandidates = applies == .yes && signatures.missing == nil
        var result = explain(planned.require, by: signatures)
        if result.truth != .yes, grants != .yes, asksCandidates {
            // Everything is found once more.
            places = Places()
            result = explain(planned.require, by: signatures.asking(true))
        }
        var filled = places
        let distinct = distinctness(of: planned, signatures, asksCandidates: asksCandidates)
        var items = judgedItems
        if let distinct {
            filled.assign(distinct)
            result = result.narrowed(by: distinct)
            items = items.map { $0.narrowed(by: distinct) }
        }
        let waiving = self.waiving(of: planned)
        var came = Outlook()
        came.add(.notNeeded, if: !applies || isEmpty)
        came.add(.rejected, if: rejected)
        came.add(.waived, if: waiving.stands)
        came.add(.approved, if: result.truth || grants)
        came.add(.waiting, if: .yes)
        let withdrawals = blocked.people.map(Step.withdraw)
        let others = planned.references.isEmpty ? [] : judgedOtherwise(planned)
        var fates: (reviews: [ReviewFate], comments: [CommentFate]) = ([], [])
        if let approvals { fates = self.fates(of: approvals, blocked, filled, for: planned, besides: others) }
        return GateJudgement(
            possible: came.outcomes, unknowns: came.unknowns, applies: applies, when: whenTree,
            requirement: result.explanation,
            steps: came.outcomes.isCertainlyGreen ? [] : (withdrawals + result.steps).unique,
            cost: result.cost + withdrawals.count,
            distinct: distinct?.explanation, reviews: fates.reviews, comments: fates.comments,
            methods: methods(of: planned, others), looksAtOtherApprovals: !others.isEmpty, waiving: waiving,
            items: items, places: filled)
    }
}

/// What a gate may come to: of what is asked one after another the first that holds, or that may.
private struct Outlook {
    private(set) var outcomes: PossibleOutcomes = []
    private(set) var unknowns: Set<Unknown> = []
    private var isDecided = false

    mutating func add(_ outcome: PossibleOutcomes, if truth: Truth) {
        if isDecided { return }
        switch truth {
        case .no: return
        case .yes: isDecided = true
        case .unknown(let reasons): unknowns.formUnion(reasons)
        }
        outcomes.insert(outcome)
    }
}
