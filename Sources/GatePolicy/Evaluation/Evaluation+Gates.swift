extension Evaluation {
    /// A gate or part by name, judged once.
    mutating func judgement(named name: String) -> GateJudgement? {
        if let judged = judged[name] { return judged }
        var judgement: GateJudgement?
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
        var fates: [ReviewFate] = []
        var rejected = Truth(!canEverBeMet(require))
        var signatures = Signatures([], rules: rules, asksCandidates: applies == .yes)
        var judged: [JudgedReview] = []
        switch reviews() {
        case .unknown(let unknown):
            signatures = Signatures([], rules: rules, asksCandidates: false, missing: unknown)
            if block.by != nil { rejected = rejected || .unknown([unknown]) }
            // Asked side by side with the reviews: an approval will need both to count.
            if !rules.committers { (_, _) = (commits(), timeline()) }
        case .known(let reviews):
            let blockers = blockers(block, reviews)
            rejected = rejected || blockers.stands
            fates = blockers.fates
            judged = judgeApprovals(reviews, rules)
            let words = judged.compactMap { item in
                item.review.author.map { Signature(account: $0, validity: item.validity) }
            }
            signatures = Signatures(words, rules: rules, asksCandidates: applies == .yes)
        }
        let result = explain(require, by: signatures)
        lines.append((.rejected, rejected))
        let waiver = gate.map { self.waiver(of: $0) } ?? (.no, nil)
        lines.append((.waived, waiver.0))
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
        let withdrawals = fates.compactMap { $0.fate == .blocks ? $0.account.map(Step.withdraw) : nil }
        return GateJudgement(
            possible: possible, unknowns: unknowns, when: whenTree, requirement: result.explanation,
            steps: possible == [.waived] || possible == [.approved] ? [] : withdrawals + result.steps,
            cost: result.cost + withdrawals.count,
            reviews: fatesInOrder(judged, blockers: fates, require, result.explanation), waiver: waiver.1)
    }

    /// Whether a requirement could hold if every condition changed and every set had enough people.
    private func canEverBeMet(_ requirement: Requirement) -> Bool {
        switch requirement {
        case .quota, .condition: true
        case .never: false
        case .reference(let reference):
            policy.gates.first { $0.name == reference.name }.map {
                canEverBeMet($0.require) || reference.allowsNotNeeded
            }
                ?? policy.parts.first { $0.name == reference.name }
                .map { canEverBeMet($0.require) || reference.allowsNotNeeded } ?? false
        case .all(let parts): parts.allSatisfy(canEverBeMet)
        case .any(let parts): parts.contains(where: canEverBeMet)
        }
    }

    /// Whether a valid waiver stands, and the newest of those that may count.
    private mutating func waiver(of gate: Gate) -> (Truth, Waiver?) {
        guard let rule = gate.waive else { return (.no, nil) }
        var signatures: [Signature] = []
        var newest: Waiver?
        for waiver in facts.waivers where waiver.gate == gate.name {
            guard waiver.author.isReal, let commit = waiver.commit else { continue }
            if rule.reasonRequired, waiver.reason.allSatisfy(\.isWhitespace) { continue }
            let validity =
                eligibility(of: waiver.author, gate.approvals)
                && freshness(of: commit, givenAt: waiver.givenAt, gate.approvals.stale).0
            if validity == .no { continue }
            signatures.append(Signature(account: waiver.author, validity: validity))
            newest = waiver
        }
        if signatures.isEmpty { return (.no, nil) }
        // A waiver needs somebody's word: what holds without one is no waiver.
        let none = Signatures([], rules: gate.approvals, asksCandidates: false)
        if explain(rule.by, by: none).truth != .no { return (.no, nil) }
        let given = Signatures(signatures, rules: gate.approvals, asksCandidates: false)
        return (explain(rule.by, by: given).truth, newest)
    }

    private mutating func fatesInOrder(
        _ judged: [JudgedReview], blockers: [ReviewFate], _ requirement: Requirement, _ tree: Explanation
    ) -> [ReviewFate] {
        var filled: [Account: [String]] = [:]
        func collect(_ tree: Explanation) {
            for signer in tree.signers { filled[signer, default: []].append(tree.expression) }
            tree.children.forEach(collect)
        }
        collect(tree)
        return judged.map { item in
            if let blocker = blockers.first(where: { $0.review == item.review.id }) { return blocker }
            let fate =
                item.fate ?? item.review.author.flatMap { filled[$0] }.map { .counts(for: $0) }
                ?? unfilled(item.review.author, requirement)
            return ReviewFate(review: item.review.id, account: item.review.author, fate: fate)
        }
    }

    /// A valid review that fills no place: its author is not asked for, or nobody knows whether he is.
    private mutating func unfilled(_ author: Account?, _ requirement: Requirement) -> Fate {
        guard let author else { return .notAskedFor }
        var unknowns: Set<Unknown> = []
        for people in peopleAsked(requirement) { unknowns.formUnion(membership(of: author, in: people).unknowns) }
        return unknowns.isEmpty ? .notAskedFor : .unknowable(unknowns.inOrder)
    }

    private func peopleAsked(_ requirement: Requirement) -> [People] {
        switch requirement {
        case .quota(let quota): return [quota.people]
        case .all(let parts), .any(let parts): return parts.flatMap(peopleAsked)
        case .reference(let reference):
            let named =
                policy.gates.first { $0.name == reference.name }?.require
                ?? policy.parts.first { $0.name == reference.name }?.require
            return named.map(peopleAsked) ?? []
        case .condition, .never: return []
        }
    }
}
