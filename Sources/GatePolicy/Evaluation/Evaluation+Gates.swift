extension Evaluation {
    /// A gate or part by name, judged once; what it refers to first, without recursion: a chain may be as long as the
    /// policy, and each link as deep as the language allows.
    mutating func judgement(named name: String) -> GateJudgement? {
        if let known = judged[name] { return known }
        var open = [name]
        while let next = open.last {
            guard judged[next] == nil, let planned = policy.plan.gates[next] else {
                open.removeLast()
                continue
            }
            let when = whens[next] ?? explain(planned.when)
            whens[next] = when
            // What does not apply looks at nothing else.
            let missing = when.0 == .no ? [] : (planned.references + planned.servedAfter).filter { judged[$0] == nil }
            if missing.isEmpty {
                judged[next] = judge(planned, when)
                open.removeLast()
            } else {
                open += missing
            }
        }
        return judged[name]
    }

    /// What a gate comes to.
    /// - Parameters:
    ///   - bars: what keeps it from ever passing, besides requests for changes.
    ///   - grants: what meets its requirement besides signatures.
    mutating func judge(
        _ planned: PlannedGate, _ when: (Truth, Explanation), bars: Truth = .no, grants: Truth = .no
    ) -> GateJudgement {
        let rules = planned.rules
        // Nobody blocks a part: it is only looked at.
        let block = planned.gate?.block ?? Block(by: nil)
        let (applies, whenTree) = when
        places = Places()
        if applies == .no {
            return GateJudgement(
                possible: [.notNeeded], unknowns: [], when: whenTree, requirement: nil, steps: [], cost: 0, reviews: [])
        }
        judgedItems = []
        var lines: [(Outcome, Truth)] = [(.notNeeded, !applies || hasNoItemLeft(planned.require))]
        var blocked = Blockers()
        // What is granted needs nobody, not even where nobody could ever be enough.
        var rejected = (Truth(!planned.canEverBeMet) && !grants) || bars
        var signatures = Signatures([], rules: rules, asksCandidates: applies == .yes)
        var judged: [JudgedReview] = []
        switch reviewsInOrder() {
        case .unknown(let unknown):
            signatures = Signatures([], rules: rules, asksCandidates: false, missing: unknown)
            if block.by != nil { rejected = rejected || .unknown([unknown]) }
            // Asked side by side with the reviews: an approval will need both to count.
            if !rules.committers { (_, _) = (commits(), timeline()) }
        case .known(let reviews):
            blocked = blockers(block, reviews)
            rejected = rejected || blocked.stands
            judged = judgeApprovals(reviews, rules)
            signatures = votes(judged, rules)
            signatures.asksCandidates = applies == .yes
        }
        // Who could still sign is asked only where somebody must.
        var result = explain(planned.require, by: signatures.withoutCandidates)
        if result.truth != .yes, grants != .yes, signatures.asksCandidates {
            result = explain(planned.require, by: signatures)
        }
        var filled = places
        let distinct = distinctness(of: planned, signatures)
        if let distinct {
            filled.assign(distinct)
            result.narrow(distinct)
        }
        let items = judgedItems
        lines.append((.rejected, rejected))
        let waiving = self.waiving(of: planned)
        lines.append((.waived, waiving.stands))
        lines.append((.approved, result.truth || grants))
        lines.append((.waiting, .yes))

        var possible: [Outcome] = []
        var unknowns: Set<Unknown> = []
        for (outcome, truth) in lines {
            if truth == .no { continue }
            possible.append(outcome)
            unknowns.formUnion(truth.unknowns)
            if truth == .yes { break }
        }
        let withdrawals = blocked.people.map(Step.withdraw)
        return GateJudgement(
            possible: possible, unknowns: unknowns, when: whenTree, requirement: result.explanation,
            steps: possible.count == 1 && possible[0].status == .success ? [] : (withdrawals + result.steps).unique,
            cost: result.cost + withdrawals.count,
            distinct: distinct?.explanation, reviews: fatesInOrder(judged, blocked.fates, filled),
            waiver: waiving.waiver, waivers: waiving.fates, items: items, places: filled)
    }

    /// The signatures that reviews give under some rules; none where the reviews cannot be read.
    mutating func reviewSignatures(_ rules: ApprovalRules) -> Signatures {
        switch reviewsInOrder() {
        case .unknown(let unknown): Signatures([], rules: rules, asksCandidates: false, missing: unknown)
        case .known(let reviews): votes(judgeApprovals(reviews, rules), rules)
        }
    }

    /// The signatures that reviews give under some rules, put together once.
    private mutating func votes(_ judged: [JudgedReview], _ rules: ApprovalRules) -> Signatures {
        if let known = signatures[rules] { return known }
        let words = judged.compactMap { item in
            item.review.author.map { Signature(account: $0, freshness: item.freshness) }
        }
        let votes = Signatures(words, rules: rules, asksCandidates: false)
        signatures[rules] = votes
        return votes
    }

    private func fatesInOrder(
        _ judged: [JudgedReview], _ blockers: [ReviewFate], _ places: Places
    ) -> [ReviewFate] {
        var blocking: [Int64: ReviewFate] = [:]
        for fate in blockers { blocking[fate.review] = fate }
        return judged.map { item in
            if !blocking.isEmpty, let blocker = blocking[item.review.id] { return blocker }
            // A draft is nobody's word yet, so nobody is named for it.
            let account = item.fate == .draft ? nil : item.review.author
            return ReviewFate(review: item.review.id, account: account, fate: fate(of: item, places))
        }
    }

    private func fate(of item: JudgedReview, _ places: Places) -> Fate {
        if item.freshness == .no { return item.fate ?? .notAskedFor }
        guard let author = item.review.author else { return .noAccount }
        if item.fate == nil, let gate = places.kept[author] { return .keptFor(gate: gate) }
        if item.fate == nil, let sets = places.filled[author] { return .counts(for: sets) }
        if let reasons = places.open[author] { return .unknowable(reasons.inOrder) }
        return places.filled[author].map { .counts(for: $0) } ?? .notAskedFor
    }
}
