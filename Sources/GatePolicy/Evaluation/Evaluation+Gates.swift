extension Evaluation {
    /// A gate or part by name, judged once.
    mutating func judgement(named name: String) -> GateJudgement? {
        if let judged = judged[name] { return judged }
        var judgement: GateJudgement?
        // A gate may be judged in the midst of another that refers to it.
        let outer = places
        defer { places = outer }
        places = Places()
        if let gate = policy.gates.first(where: { $0.name == name }) {
            judgement = judge(gate)
        } else if let part = policy.parts.first(where: { $0.name == name }) {
            judgement = judge(part)
        }
        judged[name] = judgement
        return judgement
    }

    private mutating func judge(_ part: Part) -> GateJudgement {
        judge(
            when: part.when, require: part.require, rules: part.approvals, block: Block(by: nil), gate: nil)
    }

    private mutating func judge(_ gate: Gate) -> GateJudgement {
        judge(when: gate.when, require: gate.require, rules: gate.approvals, block: gate.block, gate: gate)
    }

    private mutating func judge(
        when: Condition, require: Requirement, rules: ApprovalRules, block: Block, gate: Gate?
    ) -> GateJudgement {
        let (applies, whenTree) = explain(when)
        if applies == .no {
            return GateJudgement(
                possible: [.notNeeded], unknowns: [], when: whenTree, requirement: nil, steps: [], cost: 0, reviews: [])
        }
        var lines: [(Outcome, Truth)] = [(.notNeeded, !applies)]
        var blocked = Blockers()
        var rejected = Truth(!canEverBeMet(require))
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
            let words = judged.compactMap { item in
                item.review.author.map { Signature(account: $0, freshness: item.freshness) }
            }
            signatures = Signatures(words, rules: rules, asksCandidates: applies == .yes)
        }
        let result = explain(require, by: signatures)
        let filled = places
        lines.append((.rejected, rejected))
        let waiving = gate.map { self.waiving(of: $0) } ?? Waiving()
        lines.append((.waived, waiving.stands))
        lines.append((.approved, result.truth))
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
            steps: possible == [.waived] || possible == [.approved] ? [] : (withdrawals + result.steps).unique,
            cost: result.cost + withdrawals.count,
            reviews: fatesInOrder(judged, blocked.fates, filled), waiver: waiving.waiver, waivers: waiving.fates,
            places: filled)
    }

    /// Whether a requirement could hold if every condition changed and every set had enough people.
    private mutating func canEverBeMet(_ requirement: Requirement) -> Bool {
        switch requirement {
        case .quota, .condition: return true
        case .never: return false
        case .reference(let reference): return canEverBeMet(reference)
        case .all(let parts): return parts.allSatisfy { canEverBeMet($0) }
        case .any(let parts): return parts.contains { canEverBeMet($0) }
        }
    }

    private mutating func canEverBeMet(_ reference: Requirement.Reference) -> Bool {
        let name = reference.name
        let gate = policy.gates.first { $0.name == name }
        guard
            let (when, require) = gate.map({ ($0.when, $0.require) })
                ?? policy.parts.first(where: { $0.name == name }).map({ ($0.when, $0.require) })
        else { return false }
        if reference.allowsNotNeeded, when.constantValue != true { return true }
        if let known = meetable[name] { return known }
        let answer = canEverBeMet(require)
        meetable[name] = answer
        return answer
    }

    private func fatesInOrder(
        _ judged: [JudgedReview], _ blockers: [ReviewFate], _ places: Places
    ) -> [ReviewFate] {
        var blocking: [Int64: ReviewFate] = [:]
        for fate in blockers { blocking[fate.review] = fate }
        return judged.map { item in
            if let blocker = blocking[item.review.id] { return blocker }
            // A draft is nobody's word yet, so nobody is named for it.
            let account = item.fate == .draft ? nil : item.review.author
            return ReviewFate(review: item.review.id, account: account, fate: fate(of: item, places))
        }
    }

    private func fate(of item: JudgedReview, _ places: Places) -> Fate {
        if item.freshness == .no { return item.fate ?? .notAskedFor }
        guard let author = item.review.author else { return .noAccount }
        if item.fate == nil, let sets = places.filled[author] { return .counts(for: sets) }
        if let reasons = places.open[author] { return .unknowable(reasons.inOrder) }
        return places.filled[author].map { .counts(for: $0) } ?? .notAskedFor
    }
}
